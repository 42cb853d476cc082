import type { LeadValues } from '../../lead/values.ts'
import type { FormState } from './form-state.ts'
import type { OptionChanges } from '../options/options.ts'

/** A form on a page. Calls made before it is shown are carried out then. */
export interface FormHandle {
  /** Resolves when the form is shown; rejects with the reason when it cannot be. */
  readonly ready: Promise<void>
  readonly state: FormState
  /** Puts values in, canonical or as people write them. */
  setValues(values: LeadValues): void
  next(): void
  back(): void
  goTo(step: string): void
  submit(): void
  reset(): void
  /** Changes some of the options; what was entered stays, and so does every option that is not named. */
  update(changes: OptionChanges): void
  /** Takes the form away and puts back what stood in its place. */
  destroy(): void
}
