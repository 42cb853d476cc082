import { isCompositeName } from '../../../fields/composites.ts'
import { fieldOf, isFieldName } from '../../../fields/fields.ts'
import { amount } from '../../../fields/kinds/amount.ts'
import { term } from '../../../fields/kinds/duration.ts'
import type { FieldOption } from '../../../form/definition.ts'

/** What can be set for a field, beside its texts and its condition. */
export interface FieldAbilities {
  /** The field has options, or may get some. */
  readonly options: 'known' | 'own' | 'none'
  /** Limits of a number, or of the length of a text. */
  readonly limits: 'number' | 'length' | 'none'
  readonly placeholder: boolean
  readonly required: boolean
}

/** What can be set for a field. */
export function fieldAbilities(name: string): FieldAbilities {
  if (isCompositeName(name) || !isFieldName(name))
    return { options: 'none', limits: 'none', placeholder: false, required: true }
  const { kind } = fieldOf(name)
  const isNumber = kind === amount || kind === term
  const isText = kind.control === 'text' || kind.control === 'lines'
  return {
    options: name.startsWith('custom.') ? 'own' : kind.options ? 'known' : 'none',
    limits: isNumber ? 'number' : isText && kind.maxLength !== undefined ? 'length' : 'none',
    placeholder: isText,
    required: kind.control !== 'flag',
  }
}

/** The values that a choice has by itself. */
export function ownValues(name: string): readonly (string | number)[] {
  return isFieldName(name) ? (fieldOf(name).kind.options ?? []) : []
}

/** Whether a field holds numbers, so that digits typed for it are a number. A custom field holds texts. */
export function readsNumbers(name: string): boolean {
  return isFieldName(name) && typeof fieldOf(name).kind.normalize('1') === 'number'
}

/** Writes options a line each: `value = label`. */
export function printOptions(options: readonly FieldOption[]): string {
  return options.map(({ value, label }) => `${value} = ${label}`).join('\n')
}

/** Reads options a line each. A line without `=` is a label that is its value, too. */
export function readOptions(text: string, name: string): readonly FieldOption[] {
  const own = ownValues(name)
  return text.split('\n').flatMap((line) => {
    const [, left = '', right] = /^\s*(.*?)\s*(?:=\s*(.*?)\s*)?$/.exec(line) ?? []
    if (left === '') return []
    return [{ value: own.find((value) => String(value) === left) ?? left, label: right ?? left }]
  })
}
