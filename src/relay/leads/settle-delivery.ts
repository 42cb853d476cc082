import type { PgBoss } from 'pg-boss'
import { isInProgress, type Outcome } from '../../lead/outcome.ts'
import type { Transaction } from '../database/database.ts'
import { nextAfter, type Routing } from './routing.ts'
import { queueDelivery } from './delivery-rows.ts'
import { type DeliveryStatus, deriveLeadStatus } from './lead-state.ts'
import { type DeliveryJob, sendStatusJob } from './job-queue.ts'
import { loadLeadState } from './load-lead-state.ts'

/** Seconds before a destination is asked for the first time how a lead goes on. */
const firstPollSeconds = 45

/** A call that has come to its end. */
export interface Settlement {
  readonly delivery: DeliveryJob
  readonly outcome: Outcome
  /** Whether the revision may have been taken without our knowing, by this call or an earlier one. */
  readonly mayHaveArrived: boolean
  /** Whether the delivery has been tried for a week. */
  readonly expired: boolean
  /** Whether the destination can be asked how a lead that it took goes on. */
  readonly canPollStatus: boolean
}

/** How a delivery stands after a call, and which destination is asked next. */
export interface RecordedOutcome {
  readonly status: DeliveryStatus
  readonly next?: string | undefined
}

/**
 * Stores what a call came to and queues what follows from it, as part of a transaction: the next destination, or the
 * question how the lead goes on. Nothing when the delivery has been settled otherwise meanwhile.
 */
export async function settleDelivery(
  transaction: Transaction,
  boss: PgBoss,
  { delivery, outcome, mayHaveArrived, expired, canPollStatus }: Settlement,
  route: Routing,
  now: Date,
): Promise<RecordedOutcome | undefined> {
  const { lead, destination, revision } = delivery
  // The lead's row first, here as elsewhere: who changes one of its deliveries has all of them to itself.
  const state = await loadLeadState(transaction, lead, 'for update of l')
  const before = state?.deliveries.find((candidate) => candidate.destination === destination)
  const verifying = before?.status === 'decided' && before.outcome?.outcome === 'verification'
  if (!state || !before || (before.status !== 'waiting' && !verifying)) return undefined
  const others = state.deliveries.filter((other) => other !== before)
  const { status, next } = nextAfter(route, { destination, outcome, mayHaveArrived, expired }, others)
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
  await storeLeadStatus(transaction, lead)
  return { status, next }
}

async function storeLeadStatus(transaction: Transaction, lead: string): Promise<void> {
  const state = await loadLeadState(transaction, lead)
  if (!state) return
  await transaction.query('update anketa.leads set status = $2 where id = $1', [
    lead,
    deriveLeadStatus(state.deliveries),
  ])
}
