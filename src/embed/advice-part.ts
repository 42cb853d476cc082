import { closestName } from '../fields/closest-name.ts'
import { expectedOf } from './options/expected-of.ts'
import { optionsTable } from './options/options-table.ts'
import { attributeOf } from './options/read-options.ts'
import type { Slip } from './options/slip.ts'

/** The part of the script that is loaded when a page's author has something to mend: says what, and how. */
export function adviseOn({ where, name, option }: Slip, fieldNames: readonly string[]): string {
  if (option) return `${where} "${name}": expected ${expectedOf(option)}`
  if (where === 'value') return `the value given for "${name}" is not one, or the form does not ask for it`
  const close = closestName(name, namesOf(where, name, fieldNames))
  return `there is no ${where} "${name}"${close ? `, did you mean "${close}"?` : ''}`
}

function namesOf(where: Slip['where'], name: string, fieldNames: readonly string[]): readonly string[] {
  const options = Object.keys(optionsTable)
  if (where === 'field') return fieldNames
  if (where === 'option') return options
  const prefix = name.startsWith('data-') ? 'data-' : ''
  return options.map((known) => prefix + attributeOf(known))
}
