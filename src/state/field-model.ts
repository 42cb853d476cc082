import { computed, createModel, type Model, signal } from '@preact/signals-core'
import { readText } from '../fields/field-kind.ts'
import { type FieldName, fields, type FieldValue } from '../fields/fields.ts'
import type { FieldIssue } from '../lead/issue.ts'

/** What stands under a field: something to correct, or with `warning` only a remark. */
export type Remark = Omit<FieldIssue, 'field'> & { readonly warning?: boolean }

/** One field's state. The text is the truth; the value is read from it. */
export const FieldModel = createModel((name: FieldName) => {
  const { kind } = fields[name]
  const text = signal('')
  const remark = signal<Remark | undefined>(undefined)
  const read = computed(() => readText(kind, text.value))
  return {
    /** As it stands in the input. */
    text,
    /** What is shown under the field now. */
    remark,
    /** The canonical value, or why there is none. */
    read,
    /** Puts a canonical value in, written as a person would. */
    setValue(value: FieldValue) {
      text.value = kind.format(value)
    },
    /** Rewrites a readable text in its usual form: `иванов` becomes `Иванов`. */
    tidy() {
      const result = read.value
      if (result && 'value' in result) text.value = kind.format(result.value)
    },
  }
})

/** See {@link FieldModel}. */
export type FieldModel = Model<ReturnType<typeof describe>>

/** The model's shape, spelled out through its constructor. */
function describe(name: FieldName) {
  return new FieldModel(name)
}
