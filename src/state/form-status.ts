import type { FinalOutcome } from '../lead/delivery.ts'

/** Where a form is: being filled, on its way, not gone through, or ended with an outcome. */
export type FormStatus = 'filling' | 'sending' | 'failed' | FinalOutcome

/** Where attention goes: a field with something to correct, the step's heading, a message. Counts up to repeat itself. */
export interface FocusRequest {
  readonly target: 'heading' | 'message' | 'field' | 'consent'
  readonly name: string
  readonly sequence: number
}

/** What stands above a step. */
export type FormAlert =
  | { readonly kind: 'failed'; readonly code: string }
  /** Words of the provider that belong to no field. */
  | { readonly kind: 'provider'; readonly text: string }
  /** The form is another one than the page was opened with. */
  | { readonly kind: 'changed' }
