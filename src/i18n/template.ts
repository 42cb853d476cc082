import { closestName } from '../fields/closest-name.ts'
import { group } from './group.ts'

/** A text that has values put in, in their order. */
export type Write = (...values: readonly (string | number)[]) => string

const categories: readonly string[] = ['zero', 'one', 'two', 'few', 'many', 'other']

/**
 * Reads a template, `Шаг {index} из {total}`, for values of these names, or one for each plural form that the last value
 * takes, of which `other` stands for those that are not there. Gives how to write it out, and what is wrong with it.
 */
export function readTemplate(
  given: unknown,
  names: readonly string[],
  rules: Intl.PluralRules,
): { readonly write?: Write; readonly problem?: string } {
  const forms = typeof given === 'string' ? { other: given } : names.length > 0 && readForms(given)
  if (!forms) return { problem: `expected ${names.length > 0 ? expectedOf(names) : 'a text'}` }
  const problem = Object.values(forms)
    .flatMap((template) => template.match(/\{\w*\}/g) ?? [])
    .map((place) => placeProblem(place.slice(1, -1), names))
    .find((found) => found !== undefined)
  if (problem !== undefined) return { problem }
  const write: Write = (...values) => {
    const count = values.at(-1)
    const form = typeof count === 'number' ? rules.select(count) : 'other'
    return (forms[form] ?? forms.other).replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[names.indexOf(name)] ?? ''
      return typeof value === 'number' ? group(value) : value
    })
  }
  const lacking = rules.resolvedOptions().pluralCategories.filter((form) => !Object.hasOwn(forms, form))
  if (typeof given === 'string' || lacking.length === 0) return { write }
  return { write, problem: `expected the plural forms ${lacking.join(', ')}, too` }
}

function readForms(given: unknown): (Readonly<Record<string, string>> & { readonly other: string }) | false {
  const entries = Object.entries(Object(given))
  const forms = new Map<string, string>()
  for (const [form, template] of entries) {
    if (!categories.includes(form) || typeof template !== 'string') return false
    forms.set(form, template)
  }
  const other = forms.get('other')
  return other !== undefined && { ...Object.fromEntries(forms), other }
}

function expectedOf(names: readonly string[]): string {
  const places = names.map((name) => `{${name}}`).join(', ')
  return `a text with ${places}, or its plural forms: { "one": "…", "few": "…", "many": "…", "other": "…" }`
}

function placeProblem(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return undefined
  if (names.length === 0) return `nothing is put into this text, so it cannot have {${name}}`
  const close = closestName(name, names)
  return close
    ? `there is no {${name}}, did you mean {${close}}?`
    : `there is no {${name}}, only ${names.map((known) => `{${known}}`).join(', ')}`
}
