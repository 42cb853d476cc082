import type { PgBoss } from 'pg-boss'
import { isInProgress, type Outcome } from '../../lead/outcome.ts'
import type { Transaction } from '../database/database.ts'
import { nextAfter, type Routing } from './routing.ts'
import { queueDelivery } from './delivery-rows.ts'
import { type DeliveryStatus, deriveLeadStatus, type LeadState, queuedDelivery } from './lead-state.ts'
import { type DeliveryJob, sendStatusJob } from './job-queue.ts'

/** Seconds before a destination is first asked for the status of an application that it has accepted. */
const firstPollSeconds = 45

/** A call that has ended. */
export interface Settlement {
  readonly delivery: DeliveryJob
  readonly outcome: Outcome
  /** Whether the destination may have received the revision without our knowing, by this call or an earlier one. */
  readonly mayHaveArrived: boolean
  /** Whether the delivery has been tried for a week. */
  readonly expired: boolean
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
 * `state` is the lead's state, loaded under the lead's lock after the attempt was ended. Returns `undefined` if the
 * delivery has been settled meanwhile or has a newer revision.
 */
export async function settleDelivery(
  transaction: Transaction,
  boss: PgBoss,
  state: LeadState | undefined,
  { delivery, outcome, mayHaveArrived, expired, canPollStatus }: Settlement,
  routing: Routing,
  now: Date,
): Promise<SettledLead | undefined> {
  const { lead, destination, revision } = delivery
  const before = state?.deliveries.find((candidate) => candidate.destination === destination)
  const verifying = before?.status === 'decided' && before.outcome?.outcome === 'verification'
  if (!state || !before || (before.status !== 'waiting' && !verifying)) return undefined
  const others = state.deliveries.filter((other) => other !== before)
  const { status, next } = nextAfter(routing, { destination, outcome, mayHaveArrived, expired }, others)
  const rows = await transaction.query(
    `update anketa.deliveries set status = $4, outcome = $5::jsonb, settled_at = $6
     where lead = $1 and destination = $2 and revision = $3 returning lead`,
    [lead, destination, revision, status, JSON.stringify(outcome), now],
  )
  if (rows.length === 0) return undefined
  if (next !== undefined) {
    await queueDelivery(transaction, boss, { lead, destination: next, revision: state.revision }, now)
  }
  if (canPollStatus && status === 'decided' && isInProgress(outcome)) {
    await sendStatusJob(boss, transaction, { lead, destination }, firstPollSeconds)
  }
  const after: LeadState = {
    ...state,
    deliveries: [
      ...state.deliveries.map((other) => (other === before ? { ...before, status, outcome } : other)),
      ...(next === undefined ? [] : [queuedDelivery(next)]),
    ],
  }
  await transaction.query('update anketa.leads set status = $2 where id = $1', [
    lead,
    deriveLeadStatus(after.deliveries),
  ])
  return { status, next, state: after }
}
