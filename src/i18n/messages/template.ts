import { findClosestName } from '../../fields/text/edit-distance.ts'
import { groupDigits } from '../../fields/text/group-digits.ts'
import type { AllTexts } from '../texts.ts'

/** A text that has values put in, in their order. */
export type FormatText = (...values: readonly (string | number)[]) => string

const pluralCategories: readonly string[] = ['zero', 'one', 'two', 'few', 'many', 'other']

/**
 * Reads a template, `Шаг {index} из {total}`, for values of these names, or one for each plural form that the last value
 * takes, of which `other` stands for those that are not there. Gives how to write it out, and what is wrong with it.
 */
export function parseTemplate(
  given: unknown,
  names: readonly string[],
  rules: Intl.PluralRules,
): { readonly write?: FormatText; readonly problem?: string } {
  const forms = typeof given === 'string' ? { other: given } : names.length > 0 && parsePluralForms(given)
  if (!forms) return { problem: `expected ${names.length > 0 ? describeExpectedText(names) : 'a text'}` }
  const problem = Object.values(forms)
    .flatMap((template) => template.match(/\{\w*\}/g) ?? [])
    .map((place) => placeholderProblem(place.slice(1, -1), names))
    .find((found) => found !== undefined)
  if (problem !== undefined) return { problem }
  const write: FormatText = (...values) => {
    const count = values.at(-1)
    const form = typeof count === 'number' ? rules.select(count) : 'other'
    return (forms[form] ?? forms.other).replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[names.indexOf(name)] ?? ''
      return typeof value === 'number' ? groupDigits(value) : value
    })
  }
  const lacking = rules.resolvedOptions().pluralCategories.filter((form) => !Object.hasOwn(forms, form))
  if (typeof given === 'string' || lacking.length === 0) return { write }
  return { write, problem: `expected the plural forms ${lacking.join(', ')}, too` }
}

function parsePluralForms(
  given: unknown,
): (Readonly<Record<string, string>> & { readonly other: string }) | false {
  const entries = Object.entries(Object(given))
  const forms = new Map<string, string>()
  for (const [form, template] of entries) {
    if (!pluralCategories.includes(form) || typeof template !== 'string') return false
    forms.set(form, template)
  }
  const other = forms.get('other')
  return other !== undefined && { ...Object.fromEntries(forms), other }
}

function describeExpectedText(names: readonly string[]): string {
  const places = names.map((name) => `{${name}}`).join(', ')
  return `a text with ${places}, or its plural forms: { "one": "…", "few": "…", "many": "…", "other": "…" }`
}

function placeholderProblem(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return undefined
  if (names.length === 0) return `nothing is put into this text, so it cannot have {${name}}`
  const close = findClosestName(name, names)
  return close
    ? `there is no {${name}}, did you mean {${close}}?`
    : `there is no {${name}}, only ${names.map((known) => `{${known}}`).join(', ')}`
}

/** The paths of the texts that have values put in. */
type TemplatePath<Part, Path extends string = ''> = {
  [name in keyof Part & string]: Part[name] extends (...values: never[]) => string
    ? `${Path}${name}`
    : NonNullable<Part[name]> extends string
      ? never
      : TemplatePath<Part[name], `${Path}${name}.`>
}[keyof Part & string]

const placeholders = {
  step: ['index', 'total'],
  checkFields: ['count'],
  suggestion: ['text'],
  'places.found': ['count'],
  'limits.amount': ['minimum', 'maximum'],
  'limits.termDays': ['minimum', 'maximum'],
  'code.attempts': ['left'],
} as const satisfies Readonly<Record<TemplatePath<Omit<AllTexts, 'issues'>>, readonly string[]>>

const placeholdersByPath: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(placeholders))

/** The names of what is put into the text at a path, in their order; into those of issues, a limit. */
export function placeholdersAt(path: string): readonly string[] {
  return placeholdersByPath.get(path) ?? ['limit']
}
