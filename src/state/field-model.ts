import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals-core'
import { checkValue, parseText } from '../fields/field-kind.ts'
import { type FieldValue, type FieldWithOptions, kindOf } from '../fields/fields.ts'
import { initialValue, type SliderSettings } from '../fields/slider.ts'
import type { FieldIssue } from '../lead/issue.ts'

/** What is shown under a field: an error, or with `warning` something that does not keep the lead from being sent. */
export type FieldMessage = Omit<FieldIssue, 'field'> & {
  readonly warning?: boolean
  /** What the text was probably meant to be. It is offered, and never entered by itself. */
  readonly suggestion?: string
}

/**
 * The state of one field. The text is the source; the value is parsed from it. While nothing is entered, the text is what
 * other fields imply, if there is such a function.
 */
export const FieldModel = createModel((field: FieldWithOptions & SliderSettings, implied?: () => string) => {
  const kind = kindOf(field)
  const initial = initialValue(field)
  const initialText = initial === undefined ? '' : kind.format(initial)
  const entered = signal(initialText)
  const text: ReadonlySignal<string> = implied ? computed(() => entered.value || implied()) : entered
  const message = signal<FieldMessage | undefined>(undefined)
  const isConfirmed = signal(false)
  const parsed = computed(() => parseText(kind, text.value))
  const value = computed(() => {
    const result = parsed.value
    return result && 'value' in result ? result.value : undefined
  })
  return {
    /** What the input contains. */
    text,
    /** What a person or a program has entered: what another form takes over, and nothing that is implied. */
    entered,
    /** What is shown under the field now. */
    message,
    /** Whether the input shows that its text has been checked. */
    isConfirmed,
    /** The canonical value, or why the text is invalid; `undefined` for an empty text. */
    parsed,
    /** The canonical value alone. It does not change while an incomplete text does. */
    value,
    setText(newText: string) {
      entered.value = newText
      isConfirmed.value = false
    },
    /** Empties the field, or gives it the value that its slider starts with. */
    clear() {
      entered.value = initialText
      message.value = undefined
      isConfirmed.value = false
    },
    /** Sets a value, canonical or as a person would write it. Changes nothing and returns false if it is neither. */
    setValue(candidate: FieldValue): boolean {
      const canonical = checkValue(kind, candidate)
      const result =
        'value' in canonical
          ? canonical
          : typeof candidate === 'object'
            ? undefined
            : parseText(kind, String(candidate))
      if (!result || !('value' in result)) return false
      entered.value = kind.format(result.value)
      return true
    },
    /** Updates the message while the person types: it disappears once it no longer applies; no new one appears. */
    refreshMessage(found: FieldMessage | undefined) {
      const shown = message.value
      if (!found || found.code !== shown?.code || found.message !== shown?.message) message.value = undefined
      else if (found.suggestion !== shown?.suggestion) message.value = found
    },
    /** Rewrites a valid text in its usual form: `иванов` becomes `Иванов`. */
    normalize() {
      if (value.value !== undefined && entered.value) entered.value = kind.format(value.value)
    },
  }
})

/** See {@link FieldModel}. */
export type FieldModel = InstanceType<typeof FieldModel>
