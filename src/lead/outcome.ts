import type { FieldIssue } from './issue.ts'

/** How a lead stands, as a person's browser is told. */
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

/** How one receiver behind a provider (a campaign of Admitad's) stands with a lead that the provider has taken. */
export interface ReceiverProgress {
  /** The receiver's name or id. */
  readonly receiver: string
  readonly status: 'processing' | 'waiting' | 'approved' | 'declined' | 'error'
  /** The receiver's own id of the order. */
  readonly orderId?: string
}

/** What one call to a provider came to. */
export type Outcome =
  | {
      readonly outcome: 'accepted'
      readonly providerId?: string
      /** How the receivers behind it stand; while one of them is open, the provider is asked again. */
      readonly progress?: readonly ReceiverProgress[]
      /** The provider's remarks, for the operator. */
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
  /** The provider cannot answer now: try again. `mayHaveArrived` when the request had left. */
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly mayHaveArrived: boolean }
  /** The credentials were refused: try again, and tell the operator. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** An answer that nothing documents: try again, and tell the operator. The lead may have been taken. */
  | { readonly outcome: 'unreadable'; readonly reason: string; readonly mayHaveArrived: boolean }
  /** Sent, but unanswered, to a call that must not be repeated. */
  | { readonly outcome: 'uncertain'; readonly reason: string }

/** The name of an inner or public outcome. */
export type OutcomeName = Outcome['outcome']

/** Whether the lead needs another attempt on its own. */
export function isRetryable(outcome: Outcome): boolean {
  return (
    outcome.outcome === 'unavailable' || outcome.outcome === 'refused' || outcome.outcome === 'unreadable'
  )
}

/** Whether a receiver has not decided yet about a lead that was taken. */
export function isInProgress(outcome: Outcome): boolean {
  return (
    outcome.outcome === 'accepted' &&
    (outcome.progress ?? []).some(({ status }) => status === 'processing' || status === 'waiting')
  )
}

/** What a person is told of an outcome: everything that is still open is `queued`. */
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
