import type { FieldIssue } from '../../lead/issue.ts'
import { type Outcome, toPublicOutcome, type PublicOutcomeName } from '../../lead/outcome.ts'
import { ru } from '../../i18n/ru/ru.ts'
import { issueText } from '../../i18n/texts.ts'
/**
 * How a delivery stands. `waiting` for an attempt; `decided` by the destination; `failed`: given up after a week, kept
 * for the operator; `uncertain`: sent, unanswered and not to be repeated, the operator's to clear up; `passed`: the
 * destination could not take it, and the next one of the form was asked instead.
 */
export type DeliveryStatus = 'waiting' | 'decided' | 'failed' | 'uncertain' | 'passed'

/** How the current revision stands with one destination. */
export interface DeliveryState {
  /** The destination's key as it was stored. */
  readonly destination: string
  readonly status: DeliveryStatus
  /** What the last finished attempt came to. */
  readonly outcome: Outcome | null
  readonly attempts: number
  /** An attempt was begun and its end is not known: it runs, or its process died. */
  readonly running: boolean
  /** The destination may have the revision without our knowing. */
  readonly mayHaveArrived: boolean
  /** The last code was sent to the destination, and what it said to it is not known. */
  readonly mayBeConfirmed: boolean
}

/** What is known of a stored lead. */
export interface LeadState {
  readonly id: string
  readonly form: string
  readonly keyHash: string
  readonly revision: number
  /** In the order in which the form's destinations were asked. */
  readonly deliveries: readonly DeliveryState[]
}

/** A lead's answer, before it is put into words. */
export interface LeadAnswer {
  readonly outcome: PublicOutcomeName
  readonly providerId?: string
  readonly issues?: readonly FieldIssue[]
  readonly attemptsLeft?: number
}

/** How a lead stands as a whole, for the operator. */
export type LeadStatus = PublicOutcomeName | 'failed' | 'uncertain'

/** Of several destinations the person sees the best. */
const answerRanking: readonly PublicOutcomeName[] = [
  'accepted',
  'verification',
  'invalid',
  'queued',
  'duplicate',
  'declined',
]

/**
 * Whether a destination has the lead, or may have it, so that new values must not reach it: they would be a second
 * application. One that waits for a code has not taken it, unless a code that was sent went without an answer.
 */
export function mayHaveLead({ status, outcome, mayHaveArrived, mayBeConfirmed }: DeliveryState): boolean {
  if (status === 'uncertain') return true
  if (status !== 'decided') return mayHaveArrived
  return outcome?.outcome === 'accepted' || (outcome?.outcome === 'verification' && mayBeConfirmed)
}

/** Whether an answer can be expected within seconds: the first attempt is due, or one is running. */
export function isAnswerExpected({ deliveries }: LeadState): boolean {
  return deliveries.some(
    ({ status, attempts, running }) => status === 'waiting' && (attempts === 0 || running),
  )
}

/** What a person is told of a lead that stands like this with its destinations. */
export function deriveAnswer(
  deliveries: readonly Pick<DeliveryState, 'destination' | 'status' | 'outcome'>[],
): LeadAnswer {
  const answers = deliveries.filter(({ status }) => status !== 'passed').map(deriveDeliveryAnswer)
  for (const name of answerRanking) {
    const found = answers.find(({ outcome }) => outcome === name)
    if (found) return found
  }
  return { outcome: 'queued' }
}

/** What an operator is told: what went wrong stands before an answer that nobody is content with. */
export function deriveLeadStatus(
  deliveries: readonly Pick<DeliveryState, 'destination' | 'status' | 'outcome'>[],
): LeadStatus {
  const { outcome } = deriveAnswer(deliveries)
  const open = outcome === 'verification' || outcome === 'invalid' || has('waiting')
  if (outcome === 'accepted' || (open && !has('uncertain'))) return outcome
  return has('uncertain') ? 'uncertain' : has('failed') ? 'failed' : outcome

  function has(wanted: DeliveryStatus): boolean {
    return deliveries.some(({ status }) => status === wanted)
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
      // The provider's id of the application is nobody's business but the relay's.
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

/** The sentence of an issue, in Russian: a provider's own if it gave one. */
export function formatIssueMessage(issue: FieldIssue): string {
  return issueText(issue, ru)
}
