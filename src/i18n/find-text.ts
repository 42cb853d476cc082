import { type FieldName, fieldOf, isFieldName } from '../fields/fields.ts'
import type { FieldIssue, IssueCode } from '../lead/issue.ts'
import { addressParts } from '../lead/values.ts'
import type { FieldText, FormTexts } from './texts.ts'

/** The texts of a field by its name. */
export function fieldText(name: string, texts: FormTexts): FieldText {
  const ending = name.replace(/^(?:registration|residence|job)(?=[A-Z])/, '').toLowerCase()
  const part = addressParts.find((known) => known.toLowerCase() === ending)
  if (part) return texts.address[part] ?? { label: name }
  const known: Readonly<Record<string, FieldText>> = texts.fields
  return known[name] ?? { label: name.replace('custom.', '') }
}

/** The label of an option. */
export function optionText(name: FieldName, value: string | number, texts: FormTexts): string {
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = texts.options
  return known[name]?.[value] ?? String(value)
}

/** The sentence for an issue: the provider's own, the field's if it is empty, or the locale's for the code; else the field's. */
export function issueText(
  { field = '', code = 'required', limit, message }: Partial<FieldIssue>,
  texts: FormTexts,
): string {
  if (message !== undefined) return message
  const own = fieldText(field, texts).required
  const known = texts.issues[code]
  const sentence = (code.startsWith('required') ? (own ?? known) : (known ?? own)) ?? texts.issues.required
  if (typeof sentence === 'string') return sentence
  return sentence(limit ?? (isFieldName(field) ? fieldOf(field).kind.maxLength : undefined) ?? 255)
}

/** Whether the texts have a sentence for a code. */
export function hasMessage(code: unknown, { issues }: FormTexts): code is IssueCode {
  return typeof code === 'string' && Object.hasOwn(issues, code)
}
