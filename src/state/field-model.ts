import { computed, createModel, type Model, signal } from '@preact/signals-core'
import { checkValue, parseText } from '../fields/field-kind.ts'
import { fieldOf, type FieldValue, type FieldWithOptions, kindOf } from '../fields/fields.ts'
import type { FieldIssue } from '../lead/issue.ts'
import { validateFieldValue } from '../form/validate.ts'
import type { ResolvedField } from '../form/expand-definition.ts'
import type { RuleContext } from '../form/rules.ts'
import type { LeadValues } from '../lead/values.ts'

/** What stands under a field: something to correct, or with `warning` only a remark. */
export type FieldMessage = Omit<FieldIssue, 'field'> & {
  readonly warning?: boolean
  /** What the text was probably meant to be; offered, never put in by itself. */
  readonly suggestion?: string
}

/** One field's state. The text is the truth; the value is read from it. */
export const FieldModel = createModel((asked: FieldWithOptions) => {
  const kind = kindOf(asked)
  const text = signal('')
  const message = signal<FieldMessage | undefined>(undefined)
  const read = computed(() => parseText(kind, text.value))
  const value = computed(() => {
    const result = read.value
    return result && 'value' in result ? result.value : undefined
  })
  return {
    /** As it stands in the input. */
    text,
    /** What is shown under the field now. */
    message,
    /** The canonical value, or why there is none. */
    read,
    /** The canonical value alone, which stays the same while an incomplete text changes. */
    value,
    setText(given: string) {
      text.value = given
    },
    /** Puts a value in, canonical or as a person would write it; false when it is neither, and nothing changes. */
    setValue(given: FieldValue): boolean {
      const canonical = checkValue(kind, given)
      const taken =
        'value' in canonical
          ? canonical
          : typeof given === 'object'
            ? undefined
            : parseText(kind, String(given))
      if (!taken || !('value' in taken)) return false
      text.value = kind.format(taken.value)
      return true
    },
    /** While one types on: what is shown goes once it holds no more, and what is offered follows the text. */
    refreshMessage(found: FieldMessage | undefined) {
      const shown = message.value
      if (found?.code !== shown?.code || found === undefined) message.value = undefined
      else if (found.suggestion !== shown?.suggestion) message.value = found
    },
    /** Rewrites a readable text in its usual form: `иванов` becomes `Иванов`. */
    normalize() {
      if (value.value !== undefined) text.value = kind.format(value.value)
    },
  }
})

/** See {@link FieldModel}. */
export type FieldModel = Model<ReturnType<typeof constructFieldModel>>

/** The model's shape, spelled out through its constructor. */
function constructFieldModel(asked: FieldWithOptions) {
  return new FieldModel(asked)
}

/** What there is to say of a field as it stands: an error, a remark, or a likely slip with what was probably meant. */
export function findFieldMessage(
  field: ResolvedField,
  { read, text }: FieldModel,
  values: LeadValues,
  context: RuleContext,
): FieldMessage | undefined {
  const result = read.value
  const found: FieldMessage | undefined =
    result && 'code' in result ? result : validateFieldValue(field, values, context)
  const suggestion = fieldOf(field.name).kind.suggest?.(text.value)
  if (suggestion === undefined) return found
  return { ...(found ?? { code: 'email-typo', warning: true }), suggestion }
}
