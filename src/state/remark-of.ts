import { fieldOf } from '../fields/fields.ts'
import { checkField } from '../form/check.ts'
import type { AskedField } from '../form/questionnaire.ts'
import type { RuleContext } from '../form/rules.ts'
import type { LeadValues } from '../lead/values.ts'
import type { FieldModel, Remark } from './field-model.ts'

/** What there is to say of a field as it stands: an error, a remark, or a likely slip with what was probably meant. */
export function remarkOf(
  field: AskedField,
  { read, text }: FieldModel,
  values: LeadValues,
  context: RuleContext,
): Remark | undefined {
  const result = read.value
  const found: Remark | undefined = result && 'code' in result ? result : checkField(field, values, context)
  const suggestion = fieldOf(field.name).kind.suggest?.(text.value)
  if (suggestion === undefined) return found
  return { ...(found ?? { code: 'email-typo', warning: true }), suggestion }
}
