import { findClosestName } from '../../fields/text/edit-distance.ts'
import { groupDigits } from '../../fields/text/group-digits.ts'
import type { AllTexts } from '../texts.ts'

/** Formats a text with its values, in their order. */
export type FormatText = (...values: readonly (string | number)[]) => string

const pluralCategories: readonly string[] = ['zero', 'one', 'two', 'few', 'many', 'other']

/**
 * Parses a template with placeholders of these names, `Шаг {index} из {total}`, or an object with a template for each
 * plural category of the last value, where `other` replaces missing ones. Returns a function that formats it, a problem,
 * or both.
 */
export function parseTemplate(
  message: unknown,
  names: readonly string[],
  rules: Intl.PluralRules,
): { readonly write?: FormatText; readonly problem?: string } {
  const forms =
    typeof message === 'string' ? { other: message } : names.length > 0 && parsePluralForms(message)
  if (!forms) return { problem: `expected ${names.length > 0 ? describeExpectedText(names) : 'a text'}` }
  const problem = Object.values(forms)
    .flatMap((template) => template.match(/\{\w*\}/g) ?? [])
    .map((placeholder) => placeholderProblem(placeholder.slice(1, -1), names))
    .find((text) => text !== undefined)
  if (problem !== undefined) return { problem }
  const write: FormatText = (...values) => {
    const count = values.at(-1)
    const form = typeof count === 'number' ? rules.select(count) : 'other'
    return (forms[form] ?? forms.other).replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[names.indexOf(name)] ?? ''
      return typeof value === 'number' ? groupDigits(value) : value
    })
  }
  const missing = rules.resolvedOptions().pluralCategories.filter((form) => !Object.hasOwn(forms, form))
  if (typeof message === 'string' || missing.length === 0) return { write }
  return { write, problem: `expected the plural forms ${missing.join(', ')}, too` }
}

function parsePluralForms(
  message: unknown,
): (Readonly<Record<string, string>> & { readonly other: string }) | false {
  const entries = Object.entries(Object(message))
  const forms = new Map<string, string>()
  for (const [form, template] of entries) {
    if (!pluralCategories.includes(form) || typeof template !== 'string') return false
    forms.set(form, template)
  }
  const other = forms.get('other')
  return other !== undefined && { ...Object.fromEntries(forms), other }
}

function describeExpectedText(names: readonly string[]): string {
  const placeholderList = names.map((name) => `{${name}}`).join(', ')
  return `a text with ${placeholderList}, or its plural forms: { "one": "…", "few": "…", "many": "…", "other": "…" }`
}

function placeholderProblem(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return undefined
  if (names.length === 0) return `this text has no values, so it cannot have {${name}}`
  const close = findClosestName(name, names)
  return close
    ? `there is no {${name}}, did you mean {${close}}?`
    : `there is no {${name}}, only ${names.map((known) => `{${known}}`).join(', ')}`
}

/** The paths of the texts that have values. */
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
  limited: ['seconds'],
  suggestion: ['text'],
  split: ['text'],
  'places.found': ['count'],
  'departments.found': ['count'],
  'departments.fill': ['name'],
  'departments.choose': ['count'],
  'streets.fillIndex': ['index'],
  'limits.amount': ['minimum', 'maximum'],
  'limits.termDays': ['minimum', 'maximum'],
  'ending.perYear': ['percent'],
  'ending.perDay': ['percent'],
  'ending.number': ['number'],
  'code.attempts': ['left'],
  'calculator.roubles': ['count'],
  'calculator.days': ['count'],
  'calculator.perYear': ['percent'],
  'calculator.perDay': ['percent'],
  'calculator.rateAfterFree': ['days'],
} as const satisfies Readonly<Record<TemplatePath<Omit<AllTexts, 'issues'>>, readonly string[]>>

const placeholdersByPath: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(placeholders))

/** The names of the values of the text at a path, in their order. Texts of issues have a limit. */
export function placeholdersAt(path: string): readonly string[] {
  return placeholdersByPath.get(path) ?? ['limit']
}
