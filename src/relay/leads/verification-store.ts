import type { PgBoss } from 'pg-boss'
import type { Outcome } from '../../lead/outcome.ts'
import type { Database, Transaction } from '../database/database.ts'
import { beginAttempt, endAttempt } from './delivery-rows.ts'
import type { SettleOptions } from './delivery-store.ts'
import type { DeliveryState } from './lead-state.ts'
import type { DeliveryJob } from './job-queue.ts'
import { loadLeadState } from './load-lead-state.ts'
import { type RecordedOutcome, settleDelivery } from './settle-delivery.ts'

/** Codes that may be tried for one application, unless the provider tells. */
const maxCodeAttempts = 5

/** A call that confirms an application, recorded as begun. */
export interface VerificationTask extends DeliveryJob {
  readonly attempt: number
  readonly applicationId: string
  /** Wrong codes before this one. */
  readonly failedCodes: number
}

/** Applications that wait for a code. A code itself is never stored. */
export interface VerificationStore {
  /**
   * Records that a code is about to be sent. `spent` when there have been too many; `undefined` when the delivery does
   * not wait for a code, or another call with one has begun and not ended.
   */
  beginAttempt(lead: string, destination: string, now: Date): Promise<VerificationTask | 'spent' | undefined>
  /** Stores what the call came to, in one transaction with what follows from it. */
  settle(
    task: VerificationTask,
    outcome: Outcome,
    plan: SettleOptions,
    now: Date,
  ): Promise<RecordedOutcome | undefined>
}

/** A call that has not ended by now never will: its process died. */
const maxCallMs = 3 * 60_000

/** Makes the store. */
export function createVerificationStore(database: Database, boss: PgBoss): VerificationStore {
  return {
    beginAttempt: (lead, destination, now) =>
      database.transaction((transaction) => begin(transaction, lead, destination, now)),
    settle: (task, outcome, plan, now) =>
      database.transaction((transaction) => settle(transaction, boss, task, outcome, plan, now)),
  }
}

/** The delivery that a code is for, if the lead waits for one. */
export function findPendingVerification(deliveries: readonly DeliveryState[]): DeliveryState | undefined {
  return deliveries.find(({ status, outcome }) => status === 'decided' && outcome?.outcome === 'verification')
}

interface VerificationRow {
  readonly revision: number
  readonly attempts: number
  readonly codes: number
  readonly outcome: Outcome
  readonly lastOperation: string | null
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

async function begin(
  transaction: Transaction,
  lead: string,
  destination: string,
  now: Date,
): Promise<VerificationTask | 'spent' | undefined> {
  await loadLeadState(transaction, lead, 'for update of l')
  const [row] = await transaction.query<VerificationRow>(
    `select d.revision, d.attempts, d.codes, d.outcome, a.operation as "lastOperation",
       a.started_at as "startedAt", a.finished_at as "finishedAt"
     from anketa.deliveries d left join anketa.attempts a on a.lead = d.lead
       and a.destination = d.destination and a.revision = d.revision and a.number = d.attempts
     where d.lead = $1 and d.destination = $2 and d.status = 'decided'`,
    [lead, destination],
  )
  if (row?.outcome.outcome !== 'verification') return undefined
  const { revision, codes, outcome, startedAt } = row
  const running = row.lastOperation === 'confirm' && row.finishedAt === null
  if (running && startedAt && now.getTime() - startedAt.getTime() < maxCallMs) return undefined
  if (outcome.attemptsLeft === 0) return 'spent'
  const attempt = row.attempts + 1
  await beginAttempt(
    transaction,
    { lead, destination, revision },
    { number: attempt, operation: 'confirm', now },
  )
  return {
    lead,
    destination,
    revision,
    attempt,
    applicationId: outcome.applicationId ?? '',
    failedCodes: codes,
  }
}

async function settle(
  transaction: Transaction,
  boss: PgBoss,
  task: VerificationTask,
  outcome: Outcome,
  { routing, canPollStatus }: SettleOptions,
  now: Date,
): Promise<RecordedOutcome | undefined> {
  const { lead, destination, revision, attempt } = task
  const delivery = { lead, destination, revision }
  await loadLeadState(transaction, lead, 'for update of l')
  await endAttempt(transaction, delivery, { number: attempt, outcome, now })
  switch (outcome.outcome) {
    case 'verification': {
      const kept = outcomeAfterWrongCode(task, outcome)
      await transaction.query(
        `update anketa.deliveries set codes = codes + 1, outcome = $4::jsonb
         where lead = $1 and destination = $2 and revision = $3`,
        [lead, destination, revision, JSON.stringify(kept)],
      )
      return { status: 'decided' }
    }
    // Not known whether the code arrived, or not the time for it: the application waits for a code as before.
    case 'unavailable':
    case 'refused':
    case 'unreadable':
    case 'uncertain':
      return { status: 'decided' }
    case 'accepted':
    case 'duplicate':
    case 'declined':
    case 'invalid': {
      const settlement = { delivery, outcome, mayHaveArrived: false, expired: false, canPollStatus }
      return settleDelivery(transaction, boss, settlement, routing, now)
    }
  }
}

/** What is stored after a wrong code: still waiting, for the same application, with fewer attempts. */
function outcomeAfterWrongCode(
  { applicationId, failedCodes }: VerificationTask,
  { attemptsLeft = Math.max(0, maxCodeAttempts - failedCodes - 1) }: { readonly attemptsLeft?: number },
): Outcome {
  return { outcome: 'verification', applicationId, attemptsLeft }
}
