import { findClosestName } from '../../fields/text/edit-distance.ts'
import { optionNames, type OptionSpec } from './options-table.ts'
import { toAttributeName } from './parse-options.ts'
import type { SubmitPermission } from '../../state/form-ports.ts'
import { report } from './report.ts'
import type { OptionIssue } from './option-issue.ts'
import {
  urlOption,
  integerOption,
  booleanOption,
  type OptionType,
  relayOption,
  textOption,
} from './option-type.ts'

export { translateProblem } from './translate-problem.ts'

/** The issues that `beforeSubmit` returned; true if there are none, false if they cannot be read. */
export function parsePageIssues(returned: unknown): SubmitPermission {
  const { issues }: { readonly issues?: unknown } = Object(returned)
  if (!Array.isArray(issues) || issues.length === 0) return true
  const parsed = issues.flatMap((issue: unknown) => {
    const { field = '', message }: { readonly field?: unknown; readonly message?: unknown } = Object(issue)
    return typeof message === 'string' && message ? [{ field: String(field), message }] : []
  })
  if (parsed.length < issues.length)
    report('beforeSubmit: expected { issues: [{ field, message }] } with a text as message')
  return parsed.length > 0 && parsed
}

/** What an option must be, to follow the word "expected". */
export function describeExpectedOption({ type, attribute }: OptionSpec<unknown>): string {
  if (attribute !== false) return describeOptionType(type)
  return type.parse(() => undefined) ? 'a function' : 'an object of functions'
}

const optionTypeNames: ReadonlyMap<OptionType<unknown>, string> = new Map<OptionType<unknown>, string>([
  [textOption, 'a text'],
  [urlOption, 'a URL, https://…'],
  [relayOption, 'a URL, https://…'],
  [booleanOption, 'true or false'],
  [integerOption, 'a whole number'],
])

function describeOptionType(type: OptionType<unknown>): string {
  const { values, anyOf, item } = type
  if (values) return values.map((value) => `"${value}"`).join(' or ')
  if (anyOf) return anyOf.map(describeOptionType).join(', or ')
  if (item) return `a list, each item of which is ${describeOptionType(item)}`
  return optionTypeNames.get(type) ?? 'an object (in an attribute: JSON)'
}

/** Describes an issue for the page's author, with the closest known name where there is one. Loaded on demand. */
export function describeIssue({ where, name, expected }: OptionIssue, fieldNames: readonly string[]): string {
  if (expected) return `${where} "${name}": expected ${describeExpectedOption(expected)}`
  if (where === 'field' && fieldNames.includes(name)) return `the form does not ask for "${name}"`
  if (where === 'value') return `the value given for "${name}" is invalid, or the form does not ask for it`
  const close = findClosestName(name, knownNames(where, name, fieldNames))
  return `there is no ${where} "${name}"${close ? `, did you mean "${close}"?` : ''}`
}

function knownNames(
  where: OptionIssue['where'],
  name: string,
  fieldNames: readonly string[],
): readonly string[] {
  if (where === 'field') return fieldNames
  if (where === 'option') return optionNames
  const prefix = name.startsWith('data-') ? 'data-' : ''
  return optionNames.map((known) => prefix + toAttributeName(known))
}
