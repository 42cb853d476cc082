import type { FieldIssue } from '../lead/issue.ts'
import { type Outcome, publicName, type PublicOutcomeName } from '../lead/outcome.ts'

/** How the current revision stands with one destination. `failed`: given up after a week, kept for the operator. */
export interface DeliveryState {
  readonly destination: string
  readonly status: 'waiting' | 'decided' | 'failed'
  /** What the last finished attempt came to. */
  readonly outcome: Outcome | null
  readonly attempts: number
  /** An attempt was begun and its end is not known: it runs, or its process died. */
  readonly running: boolean
  /** The destination may have the revision without our knowing. */
  readonly mayHaveArrived: boolean
}

/** What is known of a stored lead. */
export interface LeadState {
  readonly id: string
  readonly form: string
  readonly keyHash: string
  readonly revision: number
  readonly deliveries: readonly DeliveryState[]
}

/** A lead's answer, before it is put into words. */
export interface Answer {
  readonly outcome: PublicOutcomeName
  readonly providerId?: string
  readonly issues?: readonly FieldIssue[]
  readonly attemptsLeft?: number
}

/** Of several destinations the person sees the best. */
const ranking: readonly PublicOutcomeName[] = [
  'accepted',
  'verification',
  'invalid',
  'queued',
  'duplicate',
  'declined',
]

/**
 * Whether the stored answer is final for whatever is posted: a destination has the lead, or may have it. New values
 * would then reach it as a second application.
 */
export function isLocked({ deliveries }: LeadState): boolean {
  return deliveries.some(({ status, outcome, mayHaveArrived }) => {
    if (status !== 'decided') return mayHaveArrived
    const name = outcome?.outcome
    return name === 'accepted' || name === 'verification' || name === 'uncertain'
  })
}

/** Whether an answer can be expected within seconds: the first attempt is due, or one is running. */
export function isBusy({ deliveries }: LeadState): boolean {
  return deliveries.some(
    ({ status, attempts, running }) => status === 'waiting' && (attempts === 0 || running),
  )
}

/** What a person is told of a lead that stands like this with its destinations. */
export function answerOf(deliveries: readonly DeliveryState[]): Answer {
  const answers = deliveries.map(answerOfOne)
  for (const name of ranking) {
    const found = answers.find(({ outcome }) => outcome === name)
    if (found) return found
  }
  return { outcome: 'queued' }
}

function answerOfOne({ status, outcome }: DeliveryState): Answer {
  if (status !== 'decided' || outcome === null) return { outcome: 'queued' }
  switch (outcome.outcome) {
    case 'accepted':
      return outcome.providerId === undefined
        ? { outcome: 'accepted' }
        : { outcome: 'accepted', providerId: outcome.providerId }
    case 'invalid':
      return { outcome: 'invalid', issues: outcome.issues }
    case 'verification':
      return outcome
    case 'duplicate':
    case 'declined':
    case 'unavailable':
    case 'refused':
    case 'unreadable':
    case 'uncertain':
      return { outcome: publicName(outcome.outcome) }
  }
}
