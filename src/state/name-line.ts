import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core'
import type { FieldName } from '../fields/fields.ts'
import type { ResolvedField } from '../form/expand-definition.ts'
import type { FieldModel } from './field-model.ts'

/** A whole name that is typed into one input, until its parts have their own. Its text is that of the parts. */
export interface NameLine {
  /** Whether the parts have inputs of their own; true in a form without such a name. */
  readonly isOpen: ReadonlySignal<boolean>
  /** The text of the one input. */
  readonly text: ReadonlySignal<string>
  /** Whether a person has typed the text, which has not been split yet. All of it is in the surname's field, which then has no value. */
  readonly isUnsplit: ReadonlySignal<boolean>
  /** Whether a field is shown in the one input. */
  holds(name: string): boolean
  /** The text in the surname's field is a whole name, or is a surname. */
  setUnsplit(isUnsplit: boolean): void
  /** Gives the parts inputs of their own. */
  open(): void
  /** Back to one input. */
  clear(): void
}

/** Creates the state of a form's {@link NameLine}. */
export function createNameLine(
  fields: ReadonlyMap<string, Pick<ResolvedField, 'group'>>,
  models: ReadonlyMap<FieldName, FieldModel>,
): NameLine {
  const isPart = (name: string): boolean => fields.get(name)?.group?.name === 'fullName'
  const isOpen = signal(!isPart('lastName'))
  const isTyped = signal(false)
  const textOf = (name: FieldName): string => models.get(name)?.text.value ?? ''
  const text = computed(() =>
    [textOf('lastName'), textOf('firstName'), textOf('middleName')].filter(Boolean).join(' '),
  )
  return {
    isOpen,
    text,
    isUnsplit: computed(
      () => !isOpen.value && isTyped.value && text.value !== '' && text.value === textOf('lastName'),
    ),
    setUnsplit: (isUnsplit) => {
      isTyped.value = isUnsplit
    },
    holds: (name) => !isOpen.value && isPart(name),
    open: () => {
      isOpen.value = true
    },
    clear: () => {
      isOpen.value = !isPart('lastName')
      isTyped.value = false
    },
  }
}

/** Creates what a form does when a person types a whole name. */
export function createNameInput(
  { text: shown, setUnsplit }: NameLine,
  type: (name: FieldName, text: string) => void,
): (text: string) => void {
  return (text) => {
    if (text === shown.peek()) return
    batch(() => {
      for (const part of ['firstName', 'middleName', 'noMiddleName'] as const) type(part, '')
      type('lastName', text)
      // While a lead is being sent, nothing can be typed.
      if (shown.peek() === text) setUnsplit(true)
    })
  }
}
