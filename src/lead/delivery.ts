import type { Lead } from './lead.ts'
import type { LeadIdentity } from './lead-identity.ts'
import type { FieldIssue } from './issue.ts'
import type { PublicOutcomeName } from './outcome.ts'

/** How leads leave a page: through a relay, straight to a provider, or in test mode not at all. */
export interface Delivery {
  /** Sends a lead, or a new revision of one that was sent before. Never throws. */
  send(lead: Lead): Promise<SendResult>
  /** Sends the code that confirms the phone of a lead. Never throws, and never repeats itself: attempts are counted. */
  confirm(lead: LeadIdentity, code: string): Promise<SendResult>
}

/** The outcomes that end a form; `invalid` goes back to filling, and `verification` ends one that is not confirmed. */
export type FinalOutcome = Exclude<PublicOutcomeName, 'invalid'>

/** A code was sent to the phone. After a wrong one there is an issue of the field `code`. */
export interface VerificationRequired {
  readonly outcome: 'verification'
  /** How many more wrong codes are taken, where that is known; at 0 none is. */
  readonly attemptsLeft?: number
  readonly issues?: readonly FieldIssue[]
}

/** What sending a lead, or the code that confirms it, came to; `failed` means that no answer tells what became of it. */
export type SendResult =
  | { readonly outcome: Exclude<FinalOutcome, 'verification'> }
  | VerificationRequired
  | { readonly outcome: 'invalid'; readonly issues: readonly FieldIssue[] }
  | { readonly outcome: 'failed'; readonly code: string }
