import type { FieldIssue } from './issue.ts'

/** What became of a lead, as the relay reports it to the person's browser. */
export const publicOutcomes = [
  'accepted',
  'duplicate',
  'declined',
  'verification',
  'invalid',
  'queued',
] as const

/** One of {@link publicOutcomes}. */
export type PublicOutcomeName = (typeof publicOutcomes)[number]

/** The state of an accepted lead at one receiver behind a provider (at Admitad: a campaign). */
export interface ReceiverProgress {
  /** The receiver's name or id. */
  readonly receiver: string
  readonly status: 'processing' | 'waiting' | 'approved' | 'declined' | 'error'
  /** The receiver's own id of the order. */
  readonly orderId?: string
}

/** Result of one call to a provider. */
export type Outcome =
  | {
      readonly outcome: 'accepted'
      readonly providerId?: string
      /** States at the receivers behind the provider. It is polled while one of them is open. */
      readonly progress?: readonly ReceiverProgress[]
      /** What the provider pays for the lead, as it says so. */
      readonly payout?: string
      /** Messages of the provider for the operator. */
      readonly notices?: readonly string[]
    }
  | { readonly outcome: 'duplicate' }
  | { readonly outcome: 'declined'; readonly reason?: string }
  | {
      readonly outcome: 'verification'
      /** The provider's id of the application that the code confirms. */
      readonly applicationId?: string
      readonly attemptsLeft?: number
      readonly issues?: readonly FieldIssue[]
    }
  | { readonly outcome: 'invalid'; readonly issues: readonly FieldIssue[] }
  /** The provider cannot answer now: try again. `mayHaveArrived`: the request had been sent. */
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly mayHaveArrived: boolean }
  /** The provider refused the credentials or the account's parameters: alert the operator and try again. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** An undocumented answer: alert the operator and try again. `mayHaveArrived`: the lead may have been accepted. */
  | { readonly outcome: 'unreadable'; readonly reason: string; readonly mayHaveArrived: boolean }
  /** The request was sent, got no answer and must not be repeated. */
  | { readonly outcome: 'uncertain'; readonly reason: string }

/** The name of any outcome of a call to a provider. */
export type OutcomeName = Outcome['outcome']

/** Whether the lead is sent again without anybody's action. */
export function isRetryable(outcome: Outcome): boolean {
  return (
    outcome.outcome === 'unavailable' || outcome.outcome === 'refused' || outcome.outcome === 'unreadable'
  )
}

/** Whether a receiver has not yet decided about an accepted lead. */
export function isInProgress(outcome: Outcome): boolean {
  return (
    outcome.outcome === 'accepted' &&
    (outcome.progress ?? []).some(({ status }) => status === 'processing' || status === 'waiting')
  )
}

/** The outcome that the person sees: whatever is undecided is `queued`. */
export function toPublicOutcome(outcome: OutcomeName): PublicOutcomeName {
  switch (outcome) {
    case 'accepted':
    case 'duplicate':
    case 'declined':
    case 'verification':
    case 'invalid':
      return outcome
    case 'unavailable':
    case 'refused':
    case 'unreadable':
    case 'uncertain':
      return 'queued'
  }
}
