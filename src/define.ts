import { elementTools } from './embed/element-tools.ts'
import { defineFormElement, type FormElement } from './embed/form-element.ts'

declare global {
  interface HTMLElementTagNameMap {
    'anketa-form': FormElement
  }
}

defineFormElement(elementTools)

export type { FormElement }
