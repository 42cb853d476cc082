import type { PgBoss } from 'pg-boss'
import { isInProgress } from '../../lead/outcome.ts'
import type { Transaction } from '../database/database.ts'
import type { LeadCipher } from '../database/encryption/encryption.ts'
import { type AttemptResult, nextAfter, type Routing } from './routing.ts'
import { type EndedAttempt, endAttempt, sealAttemptOutcome } from './delivery-rows.ts'
import { queueFollower, withStep } from './follow-ups/followers.ts'
import { recordEndOfRouting, routeStoredLead } from './routing/decisions.ts'
import { wakeSamePhone } from './routing/phone-turns.ts'
import { releaseSlots } from './routing/slots.ts'
import {
  type DeliveryState,
  type DeliveryStatus,
  deriveLeadStatus,
  isUnanswered,
  type LeadState,
  type LeadStatus,
  withEndedAttempt,
} from './lead-state.ts'
import { type LeadOccurrence, recordMessages } from '../messages/record-messages.ts'
import { eventOfProgress, eventsOfChange } from '../messages/status-events.ts'
import { sealOutcome } from '../database/encryption/personal-data.ts'
import { correctionMs, sendCorrectionJob, sendStatusJob } from './job-queue.ts'

/** Seconds before a destination is first asked for the status of an application that it has accepted. */
const firstPollSeconds = 45

/** A call that has ended. */
export interface Settlement extends EndedAttempt {
  readonly operation: 'create' | 'confirm'
  /** Whether the destination may have received the revision without our knowing, by an earlier call. */
  readonly mayHaveArrived: boolean
  /** Whether the delivery has been tried for a week. */
  readonly expired: boolean
  /** Whether the person has had an answer before, so that nobody is there to correct a field error. */
  readonly isUnattended: boolean
  /** Whether the destination can be asked for the status of an accepted application. */
  readonly canPollStatus: boolean
}

/** A recorded outcome: the delivery's status, and the destination that is asked next. */
export interface RecordedOutcome {
  readonly status: DeliveryStatus
  readonly next?: string | undefined
}

/** A recorded outcome with the lead's state after it. */
export interface SettledLead extends RecordedOutcome {
  readonly state: LeadState
}

/**
 * Stores the outcome of a call and queues what follows from it: the next destination, or a request for the status.
 * `state` is the lead's state, loaded under the lead's lock. Returns `undefined` if the delivery has been settled
 * meanwhile or has a newer revision; the attempt is ended in any case.
 */
export async function settleDelivery(
  transaction: Transaction,
  boss: PgBoss,
  cipher: LeadCipher,
  state: LeadState | undefined,
  settlement: Settlement,
  routing: Routing,
  now: Date,
): Promise<SettledLead | undefined> {
  const { lead, destination, outcome, operation, canPollStatus } = settlement
  const before = state?.deliveries.find((candidate) => candidate.destination === destination)
  const verifying = before?.status === 'decided' && before.outcome?.outcome === 'verification'
  if (!state || !before || (before.status !== 'waiting' && !verifying)) {
    await endAttempt(transaction, cipher, settlement, now)
    return undefined
  }
  const ended = withEndedAttempt(before, operation, outcome, settlement.mayHaveArrived)
  const others = state.deliveries.filter((other) => other !== before)
  const routed = await routeStoredLead(transaction, routing, state)
  const step = nextAfter(routed?.routing ?? routing, toAttemptResult(settlement), others)
  const { status, next } = step
  const after = withStep(state, { ...ended, status, outcome }, step)
  const leadStatus = deriveLeadStatus(after)
  if (!(await recordOutcome(transaction, cipher, settlement, status, leadStatus, now))) return undefined
  const occurrences = describeSettlement(deriveLeadStatus(state), leadStatus, before, settlement)
  await recordMessages(transaction, routing.subscriptions, { ...state, lead }, occurrences, now)
  // Before the cap: the gate locks both in this order, too.
  if (routing.repeats && (status !== 'waiting' || ended.mayHaveArrived)) {
    await wakeSamePhone(transaction, { lead, form: state.form })
  }
  if (isEndedByNo(status, outcome, ended)) {
    await releaseSlots(transaction, { lead, form: state.form }, [destination], routing, now)
  }
  if (next === undefined) await recordEndOfRouting(transaction, routed, after, now)
  if (canPollStatus && status === 'decided' && isInProgress(outcome)) {
    await sendStatusJob(boss, transaction, { lead, destination }, firstPollSeconds)
  }
  if (status === 'decided' && outcome.outcome === 'invalid') {
    await sendCorrectionJob(boss, transaction, settlement, correctionMs / 1000)
  }
  return { status, next: next ?? step.again, state: await queueFollower(transaction, boss, after, step, now) }
}

/** Whether a delivery no longer counts for the cap of its day: the destination does not have the lead. */
function isEndedByNo(
  status: DeliveryStatus,
  { outcome }: Settlement['outcome'],
  { mayHaveArrived }: Pick<DeliveryState, 'mayHaveArrived'>,
): boolean {
  switch (outcome) {
    case 'declined':
    case 'duplicate':
    case 'invalid':
    case 'refused':
      return true
    case 'unavailable':
    case 'unreadable':
      return status !== 'waiting' && !mayHaveArrived
    case 'accepted':
    case 'verification':
    case 'uncertain':
      return false
  }
}

function toAttemptResult(settlement: Settlement): AttemptResult {
  const { outcome, mayHaveArrived } = settlement
  return { ...settlement, mayHaveArrived: mayHaveArrived || isUnanswered(outcome) }
}

/** What an outcome means for those who are informed of leads. */
function describeSettlement(
  statusBefore: LeadStatus,
  status: LeadStatus,
  { outcome: previous }: DeliveryState,
  { destination, outcome }: Settlement,
): readonly LeadOccurrence[] {
  const reason = outcome.outcome !== 'declined' && 'reason' in outcome ? { reason: outcome.reason } : {}
  const payout =
    outcome.outcome === 'accepted' && outcome.payout !== undefined ? { payout: outcome.payout } : {}
  const details = { status, destination, ...reason, ...payout }
  // A delivery that is refused again and again is refused once.
  const isRefused = outcome.outcome === 'refused' && previous?.outcome !== 'refused'
  const progress = outcome.outcome === 'accepted' ? eventOfProgress(outcome.progress) : undefined
  return [
    ...(isRefused ? (['refused'] as const) : []),
    ...eventsOfChange(statusBefore, status),
    ...(progress === undefined ? [] : [progress]),
  ].map((event) => ({ event, details }))
}

/**
 * Ends the attempt, and settles its delivery and the lead. Returns false, and only ends the attempt, if the delivery has
 * another revision.
 */
async function recordOutcome(
  transaction: Transaction,
  cipher: LeadCipher,
  { lead, destination, revision, number, outcome }: EndedAttempt,
  status: DeliveryStatus,
  leadStatus: LeadStatus,
  now: Date,
): Promise<boolean> {
  const rows = await transaction.query(
    `with attempt as (
       update anketa.attempts set finished_at = $5, outcome = $6::jsonb
       where lead = $1 and destination = $2 and revision = $3 and number = $4
     ), delivery as (
       update anketa.deliveries set status = $7, outcome = $8::jsonb, settled_at = $5
       where lead = $1 and destination = $2 and revision = $3 returning lead
     )
     update anketa.leads set status = $9 where id = $1 and exists (select from delivery) returning id`,
    [
      lead,
      destination,
      revision,
      number,
      now,
      sealAttemptOutcome(outcome, cipher),
      status,
      sealOutcome(outcome, cipher),
      leadStatus,
    ],
  )
  return rows.length > 0
}
