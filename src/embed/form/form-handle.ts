import type { LeadValues } from '../../lead/values.ts'
import type { FormState } from './form-state.ts'
import type { OptionChanges } from '../options/options.ts'

/** A form on a page. Calls that are made before it is shown take effect once it is. */
export interface FormHandle {
  /** Resolves when the form is shown; rejects with the reason if it cannot be. */
  readonly ready: Promise<void>
  readonly state: FormState
  /** Sets values, canonical or as people write them. */
  setValues(values: LeadValues): void
  next(): void
  back(): void
  goTo(step: string): void
  submit(): void
  reset(): void
  /** Changes some of the options. All answers and the other options are kept. */
  update(changes: OptionChanges): void
  /**
   * Removes the form and restores the element's former content. What became of a lead that is being sent is said by the next
   * form of the tab; call `reset()` before it where that is another person's.
   */
  destroy(): void
}
