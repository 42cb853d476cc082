import type { FinalOutcome } from '../lead/delivery.ts'

/** Where a form is: being filled in, on its way, not sent, or ended with an outcome. */
export type FormStatus = 'filling' | 'sending' | 'failed' | FinalOutcome

/** Whether a status is an outcome, so that the form has nothing more to send. */
export function isFinalOutcome(status: FormStatus): status is FinalOutcome {
  return status !== 'filling' && status !== 'sending' && status !== 'failed'
}

/** Where the focus goes: the step's heading, an alert, or a field or consent to correct. */
export interface FocusRequest {
  readonly target: 'heading' | 'message' | 'field' | 'consent'
  /** The name of the field or the id of the consent. */
  readonly name: string
  /** Counts up, so that the same target can be requested again. */
  readonly sequence: number
}

/** A field or a consent that was to be corrected. */
export interface IssueTarget {
  readonly target: 'field' | 'consent'
  readonly name: string
}

/** What is shown above a step. */
export type FormAlert =
  | { readonly kind: 'failed'; readonly code: string }
  /** The provider's own words about no field in particular. */
  | { readonly kind: 'provider'; readonly text: string }
  /** The page's own words about no field in particular. */
  | { readonly kind: 'page'; readonly text: string }
  /** The definition has changed since the page was opened. */
  | { readonly kind: 'changed' }
