import { fieldOf } from '../fields/fields.ts'
import { suggestText } from '../fields/suggestions.ts'
import type { ResolvedField } from '../form/expand-definition.ts'
import type { RuleContext } from '../form/rules.ts'
import { validateFieldValue } from '../form/validate.ts'
import type { LeadValues } from '../lead/values.ts'
import type { FieldMessage, FieldModel } from './field-model.ts'

/** The message for a field as it is now: an error, a warning, or a probable typo with a suggestion. */
export function findFieldMessage(
  field: ResolvedField,
  { parsed, text }: FieldModel,
  values: LeadValues,
  context: RuleContext,
): FieldMessage | undefined {
  const result = parsed.value
  const found: FieldMessage | undefined =
    result && 'code' in result ? result : validateFieldValue(field, values, context)
  const suggestion = suggestText(fieldOf(field.name).kind, text.value)
  if (suggestion === undefined) return found
  return { ...(found ?? { code: 'email-typo', warning: true }), suggestion }
}
