import type { Lead } from './lead.ts'
import type { LeadIdentity } from './lead-identity.ts'
import type { FieldIssue } from './issue.ts'
import type { PublicOutcomeName } from './outcome.ts'

/** How leads leave a page: through a relay, straight to a provider, or in test mode not at all. */
export interface Delivery {
  /**
   * Sends a lead, or a new revision of one that was sent before. Never throws. An abort ends the request, which may have
   * arrived.
   */
  send(lead: Lead, signal?: AbortSignal): Promise<SendResult>
  /** Sends the code that confirms the phone of a lead. Never throws, and never retries: the provider counts attempts. */
  confirm(lead: LeadIdentity, code: string): Promise<SendResult>
}

/**
 * The outcomes that end a form. `invalid` returns the person to the fields; `verification` is final when the phone stays
 * unconfirmed.
 */
export type FinalOutcome = Exclude<PublicOutcomeName, 'invalid'>

/** A code was sent to the phone. A wrong code gives an issue of the field `code`. */
export interface VerificationRequired {
  readonly outcome: 'verification'
  /** How many more codes are accepted, if known; 0 means no more. */
  readonly attemptsLeft?: number
  readonly issues?: readonly FieldIssue[]
}

/**
 * Result of sending a lead or its code. `failed`: no answer came, or none that could be read; or it was one too many, and
 * may be sent again after some seconds.
 */
export type SendResult =
  | {
      readonly outcome: Exclude<FinalOutcome, 'verification'>
      /** What a relay calls the lead in front of people. */
      readonly number?: string
    }
  | VerificationRequired
  | { readonly outcome: 'invalid'; readonly issues: readonly FieldIssue[] }
  | {
      readonly outcome: 'failed'
      readonly code: string
      readonly retryAfterSeconds?: number
      /** No answer came, and sending the same lead again cannot make a second one. */
      readonly isRepeatable?: true
    }
