import type { PgBoss } from 'pg-boss'
import type { Outcome } from '../../../lead/outcome.ts'
import type { Database, Transaction } from '../../database/database.ts'
import type { Encryption, LeadCipher } from '../../database/encryption/encryption.ts'
import { endAttempt } from '../delivery-rows.ts'
import type { SettleOptions } from '../delivery-store.ts'
import type { DeliveryState } from '../lead-state.ts'
import type { DeliveryJob } from '../job-queue.ts'
import { loadLeadState, lockLead } from '../load-lead-state.ts'
import { sealOutcome } from '../../database/encryption/personal-data.ts'
import { settleDelivery, type SettledLead } from '../settle-delivery.ts'

/** Codes that may be tried for one application, unless the provider says how many. */
const maxCodeAttempts = 5

/** A call that confirms an application and has been recorded. */
export interface VerificationTask extends DeliveryJob {
  readonly attempt: number
  readonly applicationId: string
  /** The number of wrong codes before this one. */
  readonly failedCodes: number
}

/** The applications that wait for a code. A code itself is never stored. */
export interface VerificationStore {
  /**
   * Records that a code is about to be sent. `exhausted` if no attempts are left; `undefined` if the delivery does not
   * wait for a code, or another call with a code is running.
   */
  beginAttempt(
    lead: string,
    destination: string,
    now: Date,
  ): Promise<VerificationTask | 'exhausted' | undefined>
  /**
   * Stores the outcome of the call and what follows from it in one transaction. Returns the state of the lead after it;
   * `undefined` if the delivery has been settled otherwise.
   */
  settle(
    task: VerificationTask,
    outcome: Outcome,
    options: SettleOptions,
    now: Date,
  ): Promise<SettledLead | undefined>
}

/** A call that has not finished by then has lost its process. */
const maxCallMs = 3 * 60_000

/** Creates the store. */
export function createVerificationStore(
  database: Database,
  boss: PgBoss,
  encryption: Pick<Encryption, 'cipherOf'>,
): VerificationStore {
  return {
    beginAttempt: (lead, destination, now) =>
      database.transaction((transaction) => begin(transaction, lead, destination, now)),
    settle: (task, outcome, options, now) =>
      database.transaction(async (transaction) => {
        await lockLead(transaction, task.lead)
        const cipher = await encryption.cipherOf(transaction, task.lead)
        return settle(transaction, boss, cipher, task, outcome, options, now)
      }),
  }
}

/** The delivery that waits for a code, if there is one. */
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
): Promise<VerificationTask | 'exhausted' | undefined> {
  await lockLead(transaction, lead)
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
  // Either way: the clock may have been set back after the call began.
  if (running && startedAt && Math.abs(now.getTime() - startedAt.getTime()) < maxCallMs) return undefined
  if (outcome.attemptsLeft === 0) return 'exhausted'
  const attempt = row.attempts + 1
  await transaction.query(
    `with attempt as (
       insert into anketa.attempts (lead, destination, revision, number, started_at, operation)
       values ($1, $2, $3, $4, $5, 'confirm')
     )
     update anketa.deliveries set attempts = $4 where lead = $1 and destination = $2`,
    [lead, destination, revision, attempt, now],
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

/** Settles a code's delivery whose lead is locked. */
async function settle(
  transaction: Transaction,
  boss: PgBoss,
  cipher: LeadCipher,
  task: VerificationTask,
  outcome: Outcome,
  { routing, canPollStatus }: SettleOptions,
  now: Date,
): Promise<SettledLead | undefined> {
  const { lead, destination, revision, attempt } = task
  const ended = { lead, destination, revision, number: attempt, outcome }
  switch (outcome.outcome) {
    case 'verification': {
      await endAttempt(transaction, cipher, ended, now)
      const kept = outcomeAfterWrongCode(task, outcome)
      // A newer revision may have replaced the delivery meanwhile.
      await transaction.query(
        `update anketa.deliveries set codes = codes + 1, outcome = $4::jsonb
         where lead = $1 and destination = $2 and revision = $3`,
        [lead, destination, revision, sealOutcome(kept, cipher)],
      )
      return loadSettled(transaction, lead)
    }
    // Whether the code arrived is not known, or it could not be sent: the application waits for a code as before.
    case 'unavailable':
    case 'refused':
    case 'unreadable':
    case 'uncertain':
      await endAttempt(transaction, cipher, ended, now)
      return loadSettled(transaction, lead)
    case 'accepted':
    case 'duplicate':
    case 'declined':
    case 'invalid': {
      const state = await loadLeadState(transaction, lead)
      const before = state?.deliveries.find((delivery) => delivery.destination === destination)
      const { mayHaveArrived = false } = before ?? {}
      const settlement = {
        ...ended,
        operation: 'confirm',
        mayHaveArrived,
        expired: false,
        // The person has just sent a code.
        isUnattended: false,
        canPollStatus,
      } as const
      return settleDelivery(transaction, boss, cipher, state, settlement, routing, now)
    }
  }
}

async function loadSettled(transaction: Transaction, lead: string): Promise<SettledLead | undefined> {
  const state = await loadLeadState(transaction, lead)
  return state && { status: 'decided', state }
}

/** The outcome that is stored after a wrong code: the same application waits with fewer attempts left. */
function outcomeAfterWrongCode(
  { applicationId, failedCodes }: VerificationTask,
  { attemptsLeft = Math.max(0, maxCodeAttempts - failedCodes - 1) }: { readonly attemptsLeft?: number },
): Outcome {
  return { outcome: 'verification', applicationId, attemptsLeft }
}
