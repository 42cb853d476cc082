import { type FieldName, fieldNameOf, fieldOf, isFieldName } from '../fields/fields.ts'
import { suggestText } from '../fields/suggestions.ts'
import { isPatronymic, splitName } from '../fields/text/split-name.ts'
import type { ResolvedField, ResolvedStep } from '../form/expand-definition.ts'
import type { RuleContext } from '../form/rules.ts'
import { validateFieldValue } from '../form/validate.ts'
import type { FieldIssue } from '../lead/issue.ts'
import type { LeadValues } from '../lead/values.ts'
import type { FieldMessage, FieldModel } from './field-model.ts'

/** An issue that belongs to a field of the form. */
export interface AssignedIssue {
  readonly name: FieldName
  /** Index of the step in the flow. */
  readonly step: number
  readonly message: FieldMessage
}

/** Assigns a receiver's issues to the fields of some steps. `unassigned` holds those that belong to none of them. */
export function assignIssuesToFields(
  issues: readonly FieldIssue[],
  steps: readonly ResolvedStep[],
): { readonly assigned: readonly AssignedIssue[]; readonly unassigned: readonly FieldIssue[] } {
  const assigned: AssignedIssue[] = []
  const unassigned: FieldIssue[] = []
  for (const issue of issues) {
    const { field, ...message } = issue
    // Codes are hidden. Their issues are shown at the field that the person typed into.
    const visible = field.replace(/^(\w+)(?:Kladr|Id)$/, '$1')
    const name = fieldNameOf(visible)
    const step = steps.findIndex(({ fields }) => fields.some((candidate) => candidate.name === name))
    if (step < 0 || !isFieldName(name)) unassigned.push(issue)
    else assigned.push({ name, step, message: visible === field ? message : { code: 'kladr-format' } })
  }
  return { assigned, unassigned }
}

/** The message for a field as it is now: an error, a warning, or a probable typo with a suggestion. */
export function findFieldMessage(
  field: ResolvedField,
  { parsed, text }: FieldModel,
  values: LeadValues,
  context: RuleContext,
): FieldMessage | undefined {
  const result = parsed.value
  const found: FieldMessage | undefined =
    result && 'code' in result
      ? result
      : (validateFieldValue(field, values, context) ?? findOtherPart(field.name, text.value))
  const suggestion = suggestText(fieldOf(field.name).kind, text.value)
  if (suggestion === undefined) return found
  return { ...(found ?? { code: 'email-typo', warning: true }), suggestion }
}

/** A surname before a known given name, or a patronymic in place of the name. Such names exist: they do not block. */
function findOtherPart(name: FieldName, text: string): FieldMessage | undefined {
  if (name === 'lastName' && splitName(text).isCertain) return { code: 'name-whole', warning: true }
  return name === 'firstName' && isPatronymic(text.trim())
    ? { code: 'name-patronymic', warning: true }
    : undefined
}

/** Whether a message keeps the lead from being sent. */
export function isErrorMessage(message: FieldMessage | undefined): boolean {
  return message !== undefined && !message.warning
}
