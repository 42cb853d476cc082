import { defineFormElement, type FormElement } from './embed/form-element.ts'

declare global {
  interface HTMLElementTagNameMap {
    'anketa-form': FormElement
  }
}

defineFormElement()

export type { FormElement }
