import { type Clock, PgBoss, type UpdateQueueOptions } from 'pg-boss'
import { isConnectionLost } from '../database/connection/connection-state.ts'
import type { Database, Transaction } from '../database/database.ts'
import { OutOfSpaceError } from '../database/disk/space-guard.ts'
import { describeError, type Log } from '../log.ts'

/** The queue's name: one job is one delivery of one revision of one lead to one destination. */
export const deliveryQueue = 'delivery'

/** A delivery of one revision of a lead to a destination. */
export interface DeliveryJob {
  readonly lead: string
  readonly destination: string
  readonly revision: number
}

/** The data of a delivery job: what decides when it may run. Everything else is loaded when its attempt begins. */
export interface DeliveryJobData extends DeliveryJob {
  readonly form: string
  /** Whether the revision has been attempted, so that no person waits for the answer. */
  readonly attempted: boolean
}

/** A claim on a job. It lapses when the queue gives the job to another worker. */
export interface JobClaim {
  readonly id: string
  readonly retryCount: number
}

/** A delivery job that this process has claimed. */
export interface ClaimedDelivery extends DeliveryJobData {
  readonly claim: JobClaim
}

/** The queue's name: one job is one request for the status of an accepted application. */
export const statusQueue = 'progress'

/** The data of a status job: a lead that a destination has accepted and that not all receivers have decided about. */
export interface StatusJob {
  readonly lead: string
  readonly destination: string
}

/** The queue's name: one job ends the wait for a person's correction of one delivery. */
export const correctionQueue = 'correction'

/** So long after the last answer a person may correct what a destination refused. */
export const correctionMs = 10 * 60_000

/** The data of a correction job. */
export type CorrectionJob = DeliveryJob

const yearSeconds = 365 * 24 * 3600

/** Opens the queues on the relay's database. Every pause is measured by `clock`. */
export async function openJobQueue(database: Database, clock: Clock, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    db: database.jobs,
    backend: database.backend,
    schema: 'pgboss',
    clock,
    schedule: false,
    // Supervision finds the jobs of dead processes. In an exclusive database there are none but those found at the start.
    superviseIntervalSeconds: database.exclusive ? 60 : 15,
    monitorIntervalSeconds: database.exclusive ? 60 : 15,
    // Jobs depend on no other jobs.
    flowIntervalSeconds: 3600,
    // Both are for a busy server; the embedded database is vacuumed by `Database.maintain`.
    reindex: !database.exclusive,
    monitorVacuum: !database.exclusive,
  })
  boss.on('error', (fault) => {
    // The log gets the loss of the connection and a disk that is almost full from elsewhere, once.
    if (isConnectionLost(fault) || fault instanceof OutOfSpaceError) return
    log('error', 'The queue failed', { fault: describeError(fault) })
  })
  boss.on('warning', ({ message }) => log('warning', `The queue: ${message}`))
  await boss.start()

  const common: UpdateQueueOptions = {
    // Pauses of 5–10, 10–20, 20–40 s … up to 15 min. The age of a delivery ends the retries, never their count.
    retryLimit: 1_000_000,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 15 * 60,
    // Longer than everything that a job may do: wait for a permit, fetch a token, and call again with another token.
    // A job that is still active after that belongs to a dead process.
    expireInSeconds: 150,
    // In a shared database, the jobs of a silent process go to the others. In an exclusive one the next process to
    // start requeues them: see `requeueOrphans`.
    heartbeatSeconds: database.exclusive ? null : heartbeatSeconds,
    // A process that stores a job looks for it itself, and finds the jobs of other processes by polling.
    notify: false,
    // By default pg-boss deletes a job that has waited for two weeks.
    retentionSeconds: 10 * yearSeconds,
    deleteAfterSeconds: 3600,
  }
  for (const name of [deliveryQueue, statusQueue, correctionQueue]) {
    await boss.createQueue(name)
    await boss.updateQueue(name, common)
    // pg-boss loads a queue's settings once, outside of the transaction that it is given. On the single connection of
    // the embedded database, the first job sent inside a transaction would wait for that forever.
    await boss.findJobs(name, { id: '00000000-0000-0000-0000-000000000000' })
  }
  return boss
}

/** A person may be waiting for a first attempt: it goes before all retries. */
const firstAttemptPriority = 10

/** A delivery job that is to be queued. Its id is chosen beforehand, so that the delivery can be stored with it. */
export interface NewDeliveryJob {
  readonly id: string
  readonly data: DeliveryJobData
  /** Seconds before it may run. */
  readonly pause?: number
}

/**
 * Inserts the first jobs of deliveries as a part of a statement. `source` has their `id` and `data`. pg-boss inserts jobs
 * by a statement of its own only, and a lead with its job in one statement needs no transaction around it.
 */
export function insertFirstJobsSql(source: string): string {
  return `insert into pgboss.job (id, name, data, priority, start_after, created_on, group_id, expire_seconds,
      deletion_seconds, keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, heartbeat_seconds)
    select source.id, q.name, source.data, ${firstAttemptPriority}, pgboss.job_now(), pgboss.job_now(),
      source.data ->> 'destination', q.expire_seconds, q.deletion_seconds,
      pgboss.job_now() + q.retention_seconds * interval '1 second', q.retry_limit, q.retry_delay, q.retry_backoff,
      q.retry_delay_max, q.policy, q.heartbeat_seconds
    from (${source}) source join pgboss.queue q on q.name = '${deliveryQueue}'`
}

/** Queues delivery jobs as part of a transaction. */
export async function sendDeliveryJobs(
  boss: PgBoss,
  transaction: Transaction,
  jobs: readonly NewDeliveryJob[],
): Promise<void> {
  const rows = jobs.map(({ id, data, pause = 0 }) => ({
    id,
    data,
    priority: firstAttemptPriority,
    startAfter: pause,
    // A destination that hangs is left out when jobs are fetched, so that it does not take all places.
    group: { id: data.destination },
  }))
  const ids = await boss.insert(deliveryQueue, rows, { db: transaction.jobs, returnId: true })
  if (ids?.length !== jobs.length) throw new Error('The queue did not accept a job')
}

/** Claims up to `limit` jobs that are due: first attempts first, then in the order in which they were queued. */
export async function fetchDeliveryJobs(
  database: Database,
  boss: PgBoss,
  limit: number,
  ignoredDestinations: readonly string[],
): Promise<readonly ClaimedDelivery[]> {
  const options = {
    batchSize: limit,
    ignoreGroups: [...ignoredDestinations],
    // The least priority there is. Only a statement with a parameter is prepared.
    minPriority: 0,
  }
  // A claim that a power failure undoes is made again; what follows from it is synced.
  const jobs = await database.transaction(
    (transaction) => boss.fetch<DeliveryJobData>(deliveryQueue, { ...options, db: transaction.jobs }),
    { synced: false },
  )
  return jobs.map(({ id, retryCount, data }) => ({
    ...data,
    attempted: data.attempted || retryCount > 0,
    claim: { id, retryCount },
  }))
}

/** The claims on a job of a shared database lapse if they are not renewed within this time. */
export const heartbeatSeconds = 20

/** Renews claims. */
export async function renewClaims(boss: PgBoss, claims: readonly JobClaim[]): Promise<void> {
  await boss.touch(deliveryQueue, [...claims])
}

/** Ends a job as part of a transaction. Nothing of it is kept: the delivery is the record. */
export async function endDeliveryJob(boss: PgBoss, transaction: Transaction, claim: JobClaim): Promise<void> {
  // The claim protects a job that another process has fetched meanwhile.
  await boss.deleteJob(deliveryQueue, claim, { db: transaction.jobs })
}

/** Schedules a job's retry after a pause, as part of a transaction. */
export async function retryDeliveryJob(
  boss: PgBoss,
  transaction: Transaction,
  claim: JobClaim,
): Promise<void> {
  await boss.fail(deliveryQueue, claim, null, { db: transaction.jobs })
  if (claim.retryCount > 0) return
  await boss.update(deliveryQueue, undefined, { id: claim.id, priority: 0, db: transaction.jobs })
}

/** Schedules the retry of jobs that were interrupted. */
export async function retryInterruptedJobs(boss: PgBoss, claims: readonly JobClaim[]): Promise<void> {
  await boss.fail(deliveryQueue, [...claims], { interrupted: true })
}

/** Queues a status job as part of a transaction, to run after `seconds`. */
export async function sendStatusJob(
  boss: PgBoss,
  transaction: Transaction,
  job: StatusJob,
  seconds: number,
): Promise<void> {
  await boss.send(statusQueue, job, { db: transaction.jobs, startAfter: seconds })
}

/** Queues the end of the wait for a correction as part of a transaction, in `seconds`. */
export async function sendCorrectionJob(
  boss: PgBoss,
  transaction: Transaction,
  { lead, destination, revision }: CorrectionJob,
  seconds: number,
): Promise<void> {
  const job: CorrectionJob = { lead, destination, revision }
  await boss.send(correctionQueue, job, { db: transaction.jobs, startAfter: seconds })
}
