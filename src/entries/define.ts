import { formElementDeps } from '../embed/element/element-tools.ts'
import { defineFormElement, type FormElement } from '../embed/element/form-element.ts'

declare global {
  interface HTMLElementTagNameMap {
    'anketa-form': FormElement
  }
}

defineFormElement(formElementDeps)

export type { FormElement }
