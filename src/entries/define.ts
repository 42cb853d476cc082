import { defineFormElement, type FormElement } from '../embed/element/form-element.chunk.ts'

declare global {
  interface HTMLElementTagNameMap {
    'anketa-form': FormElement
  }
}

defineFormElement()

export type { AnketaEvent } from '../embed/options/event-details.ts'
export type { FormElement }
