import { defineFormElement, type FormElement } from '../embed/element/form-element.chunk.ts'

declare global {
  interface HTMLElementTagNameMap {
    'anketa-form': FormElement
  }
}

defineFormElement()

export type { FormElement }
