import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import type { EarlierRevision } from '../../delivery/unacknowledged-warnings.ts'
import type { Attribution } from '../../lead/attribution.ts'
import type { ConsentReceipt, DeliverableLead } from '../../lead/lead.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { LeadValues } from '../../lead/values.ts'
import type { Database, Transaction } from '../database/database.ts'
import type { Encryption, LeadCipher } from '../database/encryption/encryption.ts'
import { isUnattended, type Routing } from './routing.ts'
import {
  type ClaimedDelivery,
  type DeliveryJob,
  type DeliveryJobData,
  deliveryQueue,
  endDeliveryJob,
  fetchDeliveryJobs,
  type JobClaim,
  renewClaims,
  retryDeliveryJob,
  retryInterruptedJobs,
  sendDeliveryJobs,
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

/** An attempt that has been recorded and is about to be made. */
export interface DeliveryTask extends DeliveryJob {
  readonly claim: JobClaim
  readonly form: string
  readonly leadNumber: number
  /** The number of the revision among those that were finished, which destinations get. */
  readonly sentRevision: number
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
  /** Claims up to `limit` jobs that are due, none of the ignored destinations' (their stored keys). */
  fetch(limit: number, ignoredDestinations: readonly string[]): Promise<readonly ClaimedDelivery[]>
  /** Renews the claims on jobs that are being processed. */
  renew(claims: readonly JobClaim[]): Promise<void>
  /** Schedules a retry of jobs that were interrupted by an error. */
  retryInterrupted(claims: readonly JobClaim[]): Promise<void>
  /** Postpones a job without an attempt, or ends it if there is nothing left to do. */
  postpone(job: ClaimedDelivery, seconds: number): Promise<void>
  /** Records that an attempt is about to be made. If there is nothing left to do, ends the job and returns `undefined`. */
  beginAttempt(job: ClaimedDelivery, now: Date): Promise<DeliveryTask | undefined>
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
export function createDeliveryStore(
  database: Database,
  boss: PgBoss,
  encryption: Pick<Encryption, 'cipherOf'>,
): DeliveryStore {
  return {
    fetch: (limit, ignoredDestinations) => fetchDeliveryJobs(database, boss, limit, ignoredDestinations),
    renew: (claims) => renewClaims(boss, claims),
    retryInterrupted: (claims) => retryInterruptedJobs(boss, claims),
    postpone: (job, seconds) =>
      database.transaction((transaction) => postpone(transaction, boss, job, seconds)),
    beginAttempt: (job, now) => database.transaction((transaction) => begin(transaction, boss, job, now)),
    settle: (task, outcome, options, now) =>
      database.transaction(async (transaction) => {
        await lockLead(transaction, task.lead)
        const cipher = await encryption.cipherOf(transaction, task.lead)
        return settle(transaction, boss, cipher, task, outcome, options, now)
      }),
    requeueOrphans: (now) => database.transaction((transaction) => requeueOrphans(transaction, boss, now)),
  }
}

/** The delivery holds the id of its active job: a job that was superseded or has finished finds no row. */
const activeJobSql = `d.lead = $1 and d.destination = $2 and d.revision = $3 and d.job = $4 and d.status = 'waiting'`

interface TaskRow {
  readonly form: string
  readonly number: number | bigint | string
  readonly partialRevisions: number
  readonly attempt: number
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
  boss: PgBoss,
  { lead, destination, revision, claim }: ClaimedDelivery,
  now: Date,
): Promise<DeliveryTask | undefined> {
  await lockLead(transaction, lead)
  // All parts see the attempts as they were before the statement.
  const [row] = await transaction.query<TaskRow>(
    `with task as (
       select l.form, l.number, l.partial_revisions as "partialRevisions", d.attempts + 1 as attempt, d.queued_at as "queuedAt",
         exists (${createAttemptsSql} and ${mayHaveArrivedSql}) as "mayHaveArrived",
         r."values", r.consents, r.attribution, r.page, r.received_at as "receivedAt"
       from anketa.deliveries d
         join anketa.leads l on l.id = d.lead
         join anketa.revisions r on r.lead = d.lead and r.revision = d.revision
       where ${activeJobSql}
     ), attempt as (
       insert into anketa.attempts (lead, destination, revision, number, started_at, operation)
       select $1, $2, $3, attempt, $5, 'create' from task
     ), delivery as (
       update anketa.deliveries d set attempts = task.attempt, blocked_until = null from task
       where d.lead = $1 and d.destination = $2
     )
     select * from task`,
    [lead, destination, revision, claim.id, now],
  )
  if (!row) {
    await endDeliveryJob(boss, transaction, claim)
    return undefined
  }
  const { form, attempt, mayHaveArrived, values, consents, attribution, page, receivedAt, queuedAt } = row
  return {
    lead,
    destination,
    revision,
    sentRevision: revision - row.partialRevisions,
    claim,
    form,
    leadNumber: Number(row.number),
    attempt,
    mayHaveArrived,
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

/** Settles a delivery whose lead is locked. */
async function settle(
  transaction: Transaction,
  boss: PgBoss,
  cipher: LeadCipher,
  task: DeliveryTask,
  outcome: Outcome,
  { routing, canPollStatus }: SettleOptions,
  now: Date,
): Promise<SettledLead | undefined> {
  const { lead, destination, revision, claim, queuedAt, attempt, mayHaveArrived } = task
  const settlement = {
    lead,
    destination,
    revision,
    number: attempt,
    operation: 'create',
    outcome,
    mayHaveArrived,
    expired: now.getTime() - queuedAt.getTime() >= maxDeliveryAgeMs,
    isUnattended: isUnattended(routing, { attempt, receivedAt: task.content.receivedAt }, now),
    canPollStatus,
  } as const
  const state = await loadLeadState(transaction, lead)
  const settled = await settleDelivery(transaction, boss, cipher, state, settlement, routing, now)
  if (settled?.status === 'waiting') await retryDeliveryJob(boss, transaction, claim)
  else await endDeliveryJob(boss, transaction, claim)
  return settled
}

async function postpone(
  transaction: Transaction,
  boss: PgBoss,
  { claim, ...data }: ClaimedDelivery,
  seconds: number,
): Promise<void> {
  const { lead, destination, revision } = data
  await lockLead(transaction, lead)
  // A new job: retrying the old one would lengthen its pauses, as after an attempt.
  const id = randomUUID()
  const rows = await transaction.query(
    `update anketa.deliveries d set job = $5 where ${activeJobSql} returning lead`,
    [lead, destination, revision, claim.id, id],
  )
  if (rows.length > 0) await sendDeliveryJobs(boss, transaction, [{ id, data, pause: seconds }])
  await endDeliveryJob(boss, transaction, claim)
}

async function requeueOrphans(transaction: Transaction, boss: PgBoss, now: Date): Promise<number> {
  await transaction.query(
    `update anketa.attempts set finished_at = $1, outcome = $2::jsonb
     where operation = 'confirm' and finished_at is null`,
    [now, JSON.stringify({ outcome: 'uncertain', reason: 'the relay was stopped meanwhile' })],
  )
  const orphans = await transaction.query<DeliveryJobData>(
    `select d.lead, d.destination, d.revision, l.form, d.attempts > 0 as attempted
     from anketa.deliveries d join anketa.leads l on l.id = d.lead
       left join pgboss.job j on j.name = $1 and j.id = d.job
     where d.status = 'waiting' and (
       j.state is null or j.state::text not in ('created', 'retry')
       or exists (${attemptsSql} and a.number = d.attempts and a.finished_at is null))
     for update of d`,
    [deliveryQueue],
  )
  // Their processes are dead.
  const deadJobs = await transaction.query<{ id: string }>(
    `select id from pgboss.job where name = $1 and state = 'active'`,
    [deliveryQueue],
  )
  if (deadJobs.length > 0) {
    const ids = deadJobs.map(({ id }) => id)
    await boss.deleteJob(deliveryQueue, ids, { db: transaction.jobs })
  }
  if (orphans.length === 0) return 0
  // New jobs: the old ones' next pause may be long.
  const jobs = orphans.map((data) => ({ id: randomUUID(), data }))
  await sendDeliveryJobs(boss, transaction, jobs)
  await transaction.query(
    `update anketa.deliveries d set job = queued.job
     from unnest($1::uuid[], $2::text[], $3::uuid[]) as queued (lead, destination, job)
     where d.lead = queued.lead and d.destination = queued.destination`,
    [
      orphans.map(({ lead }) => lead),
      orphans.map(({ destination }) => destination),
      jobs.map(({ id }) => id),
    ],
  )
  return orphans.length
}
