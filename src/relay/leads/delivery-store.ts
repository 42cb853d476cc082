import type { PgBoss } from 'pg-boss'
import type { EarlierRevision } from '../../delivery/unacknowledged-warnings.ts'
import type { Attribution } from '../../lead/attribution.ts'
import type { ConsentReceipt, DeliverableLead } from '../../lead/lead.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { LeadValues } from '../../lead/values.ts'
import type { Database, Transaction } from '../database/database.ts'
import type { Routing } from './routing.ts'
import { beginAttempt, endAttempt } from './delivery-rows.ts'
import {
  type DeliveryJob,
  deliveryQueue,
  type JobClaim,
  retryDeliveryJob,
  sendDeliveryJob,
} from './job-queue.ts'
import {
  attemptsSql,
  createAttemptsSql,
  loadLeadState,
  lockLead,
  mayHaveArrivedSql,
} from './load-lead-state.ts'
import { settleDelivery, type SettledLead } from './settle-delivery.ts'

/** A delivery is given up this long after its revision was queued. */
const maxDeliveryAgeMs = 7 * 24 * 3600 * 1000

/** A delivery that is due for an attempt. */
export interface DueDelivery {
  readonly form: string
  /** The number of attempts so far with this revision. */
  readonly attempts: number
}

/** An attempt that has been recorded and is about to be made. */
export interface DeliveryTask extends DeliveryJob {
  readonly claim: JobClaim
  readonly form: string
  readonly leadNumber: number
  /** 1 for the first attempt with this revision. */
  readonly attempt: number
  readonly mayHaveArrived: boolean
  readonly queuedAt: Date
  readonly content: DeliverableLead
  /** Earlier revisions that a destination has warned about. */
  readonly earlierRevisions: readonly EarlierRevision[]
}

/** The deliveries that the workers process. */
export interface DeliveryStore {
  /** Finds the delivery of a job; `undefined` if there is nothing left to do. */
  findDue(job: DeliveryJob, claim: JobClaim): Promise<DueDelivery | undefined>
  /** Postpones a job without an attempt. */
  postpone(job: DeliveryJob, claim: JobClaim, seconds: number): Promise<void>
  /** Records that an attempt is about to be made; `undefined` if there is nothing left to do. */
  beginAttempt(job: DeliveryJob, claim: JobClaim, now: Date): Promise<DeliveryTask | undefined>
  /**
   * Stores the outcome of the call, ends the job and queues the next destination, in one transaction. Returns the state
   * of the lead after it; `undefined` if another process has settled the delivery meanwhile.
   */
  settle(
    task: DeliveryTask,
    outcome: Outcome,
    options: SettleOptions,
    now: Date,
  ): Promise<SettledLead | undefined>
  /**
   * Queues the deliveries that a dead process left behind again, without a pause, and ends its attempts to send codes.
   * Returns the number of deliveries. Only for a database that no other process uses.
   */
  requeueOrphans(now: Date): Promise<number>
}

/** The part of the configuration that decides what follows from an outcome. */
export interface SettleOptions {
  readonly routing: Routing
  /** Whether the destination can be asked for the status of an accepted application. */
  readonly canPollStatus: boolean
}

/** Creates the store. */
export function createDeliveryStore(database: Database, boss: PgBoss): DeliveryStore {
  return {
    async findDue({ lead, destination, revision }, claim) {
      const [row] = await database.query<DueDelivery>(
        `select l.form, d.attempts from anketa.deliveries d join anketa.leads l on l.id = d.lead where ${activeJobSql}`,
        [lead, destination, revision, claim.id],
      )
      return row
    },
    postpone: (job, claim, seconds) =>
      database.transaction((transaction) => postpone(transaction, boss, job, claim, seconds)),
    beginAttempt: (job, claim, now) =>
      database.transaction((transaction) => begin(transaction, job, claim, now)),
    settle: (task, outcome, options, now) =>
      database.transaction((transaction) => settle(transaction, boss, task, outcome, options, now)),
    requeueOrphans: (now) => database.transaction((transaction) => requeueOrphans(transaction, boss, now)),
  }
}

/** The delivery holds the id of its active job: a job that was superseded or has finished finds no row. */
const activeJobSql = `d.lead = $1 and d.destination = $2 and d.revision = $3 and d.job = $4 and d.status = 'waiting'`

interface TaskRow {
  readonly form: string
  readonly number: number | bigint | string
  readonly attempts: number
  readonly queuedAt: Date
  readonly mayHaveArrived: boolean
  readonly values: LeadValues
  readonly consents: readonly ConsentReceipt[]
  readonly attribution: Attribution
  readonly page: DeliverableLead['page']
  readonly receivedAt: Date
}

async function begin(
  transaction: Transaction,
  { lead, destination, revision }: DeliveryJob,
  claim: JobClaim,
  now: Date,
): Promise<DeliveryTask | undefined> {
  await lockLead(transaction, lead)
  const [row] = await transaction.query<TaskRow>(
    `select l.form, l.number, d.attempts, d.queued_at as "queuedAt",
       exists (${createAttemptsSql} and ${mayHaveArrivedSql}) as "mayHaveArrived",
       r."values", r.consents, r.attribution, r.page, r.received_at as "receivedAt"
     from anketa.deliveries d
       join anketa.leads l on l.id = d.lead
       join anketa.revisions r on r.lead = d.lead and r.revision = d.revision
     where ${activeJobSql} for update of d`,
    [lead, destination, revision, claim.id],
  )
  if (!row) return undefined
  const attempt = row.attempts + 1
  await beginAttempt(
    transaction,
    { lead, destination, revision },
    { number: attempt, operation: 'create', now },
  )
  const { form, values, consents, attribution, page, receivedAt, queuedAt } = row
  return {
    lead,
    destination,
    revision,
    claim,
    form,
    leadNumber: Number(row.number),
    attempt,
    mayHaveArrived: row.mayHaveArrived,
    queuedAt,
    content: { id: lead, values, consents, attribution, page, receivedAt },
    earlierRevisions: await loadEarlierRevisions(transaction, lead, revision),
  }
}

interface WarningRow {
  readonly values: LeadValues
  readonly remarks: readonly string[]
}

async function loadEarlierRevisions(
  transaction: Transaction,
  lead: string,
  revision: number,
): Promise<readonly EarlierRevision[]> {
  if (revision === 1) return []
  const rows = await transaction.query<WarningRow>(
    `select r."values", a.outcome -> 'remarks' as remarks
     from anketa.attempts a join anketa.revisions r on r.lead = a.lead and r.revision = a.revision
     where a.lead = $1 and a.revision < $2 and a.outcome -> 'remarks' <> '[]'::jsonb`,
    [lead, revision],
  )
  return rows.map(({ values, remarks }) => ({
    values,
    issues: remarks.map((field) => ({ field, code: 'campaign-format' })),
  }))
}

async function settle(
  transaction: Transaction,
  boss: PgBoss,
  task: DeliveryTask,
  outcome: Outcome,
  { routing, canPollStatus }: SettleOptions,
  now: Date,
): Promise<SettledLead | undefined> {
  const { lead, destination, revision, claim, queuedAt, attempt } = task
  const delivery = { lead, destination, revision }
  await lockLead(transaction, lead)
  await endAttempt(transaction, delivery, { number: attempt, outcome, now })
  const expired = now.getTime() - queuedAt.getTime() >= maxDeliveryAgeMs
  const mayHaveArrived = task.mayHaveArrived || ('mayHaveArrived' in outcome && outcome.mayHaveArrived)
  const settlement = { delivery, outcome, mayHaveArrived, expired, canPollStatus }
  const state = await loadLeadState(transaction, lead)
  const settled = await settleDelivery(transaction, boss, state, settlement, routing, now)
  // The claim protects a job that another process has fetched meanwhile.
  if (settled?.status === 'waiting') await retryDeliveryJob(boss, transaction, claim)
  else await boss.complete(deliveryQueue, claim, null, { db: transaction.jobs })
  return settled
}

async function postpone(
  transaction: Transaction,
  boss: PgBoss,
  job: DeliveryJob,
  claim: JobClaim,
  seconds: number,
): Promise<void> {
  await lockLead(transaction, job.lead)
  // A new job: retrying the old one would lengthen its pauses, as after an attempt.
  const postponed = await sendDeliveryJob(boss, transaction, job, seconds)
  await transaction.query(`update anketa.deliveries d set job = $5 where ${activeJobSql}`, [
    job.lead,
    job.destination,
    job.revision,
    claim.id,
    postponed,
  ])
  await boss.complete(deliveryQueue, claim, null, { db: transaction.jobs })
}

async function requeueOrphans(transaction: Transaction, boss: PgBoss, now: Date): Promise<number> {
  await transaction.query(
    `update anketa.attempts set finished_at = $1, outcome = $2::jsonb
     where operation = 'confirm' and finished_at is null`,
    [now, JSON.stringify({ outcome: 'uncertain', reason: 'the relay was stopped meanwhile' })],
  )
  const orphans = await transaction.query<DeliveryJob>(
    `select d.lead, d.destination, d.revision
     from anketa.deliveries d left join pgboss.job j on j.name = $1 and j.id = d.job
     where d.status = 'waiting' and (
       j.state is null or j.state::text not in ('created', 'retry')
       or exists (${attemptsSql} and a.number = d.attempts and a.finished_at is null))
     for update of d`,
    [deliveryQueue],
  )
  // An active job counts towards its destination's concurrency, even if its process is dead.
  const deadJobs = await transaction.query<{ id: string }>(
    `select id from pgboss.job where name = $1 and state = 'active'`,
    [deliveryQueue],
  )
  if (deadJobs.length > 0) {
    const ids = deadJobs.map(({ id }) => id)
    await boss.complete(deliveryQueue, ids, null, { db: transaction.jobs })
  }
  for (const { lead, destination, revision } of orphans) {
    // A new job: the old one's next pause may be long.
    const job = await sendDeliveryJob(boss, transaction, { lead, destination, revision })
    await transaction.query('update anketa.deliveries set job = $3 where lead = $1 and destination = $2', [
      lead,
      destination,
      job,
    ])
  }
  return orphans.length
}
