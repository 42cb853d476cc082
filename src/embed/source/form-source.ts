import type { FormDefinition } from '../../form/definition.ts'
import type { ServedLooks } from '../../form/served/served-definition.ts'
import type { ServedTexts } from '../../i18n/texts.ts'
import type { Delivery } from '../../lead/delivery.ts'
import type { TestMode } from './test-mode.ts'

/** The definition of a form, and where its leads go. */
export interface FormSource {
  readonly definition: FormDefinition
  /** Texts that the form needs beyond the common ones, if its relay sends them with the definition. */
  readonly texts?: ServedTexts | undefined
  /** How its relay wants the form to look, where the page does not say so. */
  readonly looks?: ServedLooks | undefined
  readonly delivery: Delivery
  /** The address of the form on its relay, if it has one. */
  readonly relay?: string | undefined
  /** Loads what the delivery needs. To be called when a person begins to fill in the form. */
  readonly prepare?: (() => void) | undefined
  /** Where the relay counts events, if it does. */
  readonly statistics?: string | undefined
  readonly test?: TestMode
}
