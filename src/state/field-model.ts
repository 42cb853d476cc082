import { computed, createModel, type Model, signal } from '@preact/signals-core'
import { readText } from '../fields/field-kind.ts'
import type { FieldValue } from '../fields/fields.ts'
import { type Asked, kindOf } from '../fields/kind-of.ts'
import type { FieldIssue } from '../lead/issue.ts'

/** What stands under a field: something to correct, or with `warning` only a remark. */
export type Remark = Omit<FieldIssue, 'field'> & {
  readonly warning?: boolean
  /** What the text was probably meant to be; offered, never put in by itself. */
  readonly suggestion?: string
}

/** One field's state. The text is the truth; the value is read from it. */
export const FieldModel = createModel((asked: Asked) => {
  const kind = kindOf(asked)
  const text = signal('')
  const remark = signal<Remark | undefined>(undefined)
  const read = computed(() => readText(kind, text.value))
  const value = computed(() => {
    const result = read.value
    return result && 'value' in result ? result.value : undefined
  })
  return {
    /** As it stands in the input. */
    text,
    /** What is shown under the field now. */
    remark,
    /** The canonical value, or why there is none. */
    read,
    /** The canonical value alone, which stays the same while an incomplete text changes. */
    value,
    setText(given: string) {
      text.value = given
    },
    /** Puts a value in, canonical or as a person would write it; false when it is neither, and nothing changes. */
    setValue(given: FieldValue): boolean {
      const canonical = kind.check(given)
      const taken =
        'value' in canonical
          ? canonical
          : typeof given === 'object'
            ? undefined
            : readText(kind, String(given))
      if (!taken || !('value' in taken)) return false
      text.value = kind.format(taken.value)
      return true
    },
    /** While one types on: what is shown goes once it holds no more, and what is offered follows the text. */
    keepRemark(found: Remark | undefined) {
      const shown = remark.value
      if (found?.code !== shown?.code || found === undefined) remark.value = undefined
      else if (found.suggestion !== shown?.suggestion) remark.value = found
    },
    /** Rewrites a readable text in its usual form: `иванов` becomes `Иванов`. */
    tidy() {
      if (value.value !== undefined) text.value = kind.format(value.value)
    },
  }
})

/** See {@link FieldModel}. */
export type FieldModel = Model<ReturnType<typeof describe>>

/** The model's shape, spelled out through its constructor. */
function describe(asked: Asked) {
  return new FieldModel(asked)
}
