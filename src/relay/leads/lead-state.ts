import type { FieldIssue } from '../../lead/issue.ts'
import { type Outcome, toPublicOutcome, type PublicOutcomeName } from '../../lead/outcome.ts'
import { ru } from '../../i18n/ru/ru.ts'
import { issueText } from '../../i18n/find-text.ts'

/**
 * The status of a delivery. `waiting`: for an attempt. `decided`: by the destination. `failed`: given up, after a week or
 * with a field error that nobody corrected, and kept for the operator. `uncertain`: sent without an answer and not to be repeated; the operator resolves it. `passed`:
 * the destination could not take the lead, and the form's next destination was asked instead.
 */
export type DeliveryStatus = 'waiting' | 'decided' | 'failed' | 'uncertain' | 'passed'

/** The state of the current revision at one destination. */
export interface DeliveryState {
  /** The destination's key as it is stored. */
  readonly destination: string
  readonly status: DeliveryStatus
  /** The outcome of the last finished attempt. */
  readonly outcome: Outcome | null
  readonly attempts: number
  /** An attempt has begun and not finished: it is running, or its process died. */
  readonly running: boolean
  /** The destination may have received the revision without our knowing. */
  readonly mayHaveArrived: boolean
  /** The last code was sent to the destination, and its answer is not known. */
  readonly mayBeConfirmed: boolean
  /** Until when rules of the form's routing hold it back, if they do. */
  readonly blockedUntil?: Date
}

/** A stored lead and its deliveries. */
export interface LeadState {
  readonly id: string
  readonly form: string
  readonly keyHash: string
  readonly revision: number
  /** In the order in which the form's destinations were asked. */
  readonly deliveries: readonly DeliveryState[]
  /** What the relay itself answers a repeated application, which goes to no destination. */
  readonly ownAnswer?: 'duplicate' | 'queued'
  /** The step that the person was at, of a lead that is not finished. It goes to no destination. */
  readonly partialStep?: string
}

/** The part of a lead's state that its answer and its status follow from. */
export interface AnswerSource {
  readonly deliveries: readonly Pick<DeliveryState, 'destination' | 'status' | 'outcome'>[]
  readonly ownAnswer?: LeadState['ownAnswer']
  readonly partialStep?: LeadState['partialStep']
}

/** The answer for the person, before it is formatted. */
export interface LeadAnswer {
  readonly outcome: PublicOutcomeName
  readonly providerId?: string
  readonly issues?: readonly FieldIssue[]
  readonly attemptsLeft?: number
}

/**
 * The status of a lead as a whole, for the operator. `stored`: it goes to no destination. `partial`: the person has not
 * finished it.
 */
export type LeadStatus = PublicOutcomeName | 'failed' | 'uncertain' | 'stored' | 'partial'

/** With several destinations the person sees the best answer. */
const answerRanking: readonly PublicOutcomeName[] = [
  'accepted',
  'verification',
  'invalid',
  'queued',
  'duplicate',
  'declined',
]

/** Whether the destination may have received a call without our knowing. */
export function isUnanswered(outcome: Outcome): boolean {
  return outcome.outcome === 'uncertain' || ('mayHaveArrived' in outcome && outcome.mayHaveArrived)
}

/**
 * The state of a delivery, as it was while its last attempt ran, after this attempt. `mayHaveArrived`: an earlier attempt
 * to send this revision may have been received without our knowing.
 */
export function withEndedAttempt(
  delivery: DeliveryState,
  operation: 'create' | 'confirm',
  outcome: Outcome,
  mayHaveArrived: boolean,
): DeliveryState {
  return {
    ...delivery,
    running: false,
    mayHaveArrived: mayHaveArrived || (operation === 'create' && isUnanswered(outcome)),
    mayBeConfirmed: operation === 'confirm' && isUnanswered(outcome),
  }
}

/** A delivery that has just been queued and has no attempt yet. */
export function queuedDelivery(destination: string): DeliveryState {
  return {
    destination,
    status: 'waiting',
    outcome: null,
    attempts: 0,
    running: false,
    mayHaveArrived: false,
    mayBeConfirmed: false,
  }
}

/**
 * Whether a destination has the lead, or may have it, so that new values must not reach it: they would be a second
 * application. A destination that waits for a code has not accepted the lead, unless a code was sent and not answered.
 * See `mayHaveArrivedSql` in load-lead-state.ts for the attempts.
 */
export function mayHaveLead({ status, outcome, mayHaveArrived, mayBeConfirmed }: DeliveryState): boolean {
  if (status === 'uncertain') return true
  if (status !== 'decided') return mayHaveArrived
  return outcome?.outcome === 'accepted' || (outcome?.outcome === 'verification' && mayBeConfirmed)
}

/** Whether an answer can be expected within seconds: the first attempt is due, or an attempt is running. */
export function isAnswerExpected({ deliveries }: LeadState): boolean {
  return deliveries.some(
    ({ status, attempts, running, blockedUntil }) =>
      status === 'waiting' && (running || (attempts === 0 && blockedUntil === undefined)),
  )
}

/** Derives the answer for the person from the lead's deliveries. */
export function deriveAnswer({ deliveries, ownAnswer }: AnswerSource): LeadAnswer {
  const answers = deliveries.filter(({ status }) => status !== 'passed').map(deriveDeliveryAnswer)
  for (const name of answerRanking) {
    const found = answers.find(({ outcome }) => outcome === name)
    if (found && (ownAnswer === undefined || name === 'accepted')) return found
  }
  if (ownAnswer !== undefined) return { outcome: ownAnswer }
  return { outcome: 'queued' }
}

/** Derives the status for the operator: a failure goes before a negative answer. */
export function deriveLeadStatus({ deliveries, ownAnswer, partialStep }: AnswerSource): LeadStatus {
  if (partialStep !== undefined) return 'partial'
  const { outcome } = deriveAnswer({ deliveries })
  // Whatever the person reads: the operator sees why the lead went nowhere.
  if (ownAnswer !== undefined && outcome !== 'accepted') return 'duplicate'
  if (deliveries.length === 0) return 'stored'
  const open = outcome === 'verification' || outcome === 'invalid' || has('waiting')
  if (outcome === 'accepted' || (open && !has('uncertain'))) return outcome
  return has('uncertain') ? 'uncertain' : has('failed') ? 'failed' : outcome

  function has(sought: DeliveryStatus): boolean {
    return deliveries.some(({ status }) => status === sought)
  }
}

function deriveDeliveryAnswer({ status, outcome }: Pick<DeliveryState, 'status' | 'outcome'>): LeadAnswer {
  if (status !== 'decided' || outcome === null) return { outcome: 'queued' }
  switch (outcome.outcome) {
    case 'accepted':
      return outcome.providerId === undefined
        ? { outcome: 'accepted' }
        : { outcome: 'accepted', providerId: outcome.providerId }
    case 'invalid':
      return { outcome: 'invalid', issues: outcome.issues }
    case 'verification': {
      // The provider's id of the application stays inside the relay.
      const { attemptsLeft } = outcome
      return attemptsLeft === undefined
        ? { outcome: 'verification' }
        : { outcome: 'verification', attemptsLeft }
    }
    case 'duplicate':
    case 'declined':
    case 'unavailable':
    case 'refused':
    case 'unreadable':
    case 'uncertain':
      return { outcome: toPublicOutcome(outcome.outcome) }
  }
}

/** The Russian text of an issue: the provider's own sentence if it gave one. */
export function formatIssueMessage(issue: FieldIssue): string {
  return issueText(issue, ru)
}
