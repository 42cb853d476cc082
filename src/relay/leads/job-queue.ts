import { type Clock, PgBoss, type UpdateQueueOptions } from 'pg-boss'
import { isConnectionLost } from '../database/connection-state.ts'
import type { Database, Transaction } from '../database/database.ts'
import { OutOfSpaceError } from '../database/space-guard.ts'
import { describeError, type Log } from '../log.ts'

/** The queue's name: one job is one delivery of one revision of one lead to one destination. */
export const deliveryQueue = 'delivery'

/** The data of a delivery job; everything else is loaded when it runs. */
export interface DeliveryJob {
  readonly lead: string
  readonly destination: string
  readonly revision: number
}

/** A claim on a job. It lapses when the queue gives the job to another worker. */
export interface JobClaim {
  readonly id: string
  readonly retryCount: number
}

/** The queue's name: one job is one request for the status of an accepted application. */
export const statusQueue = 'progress'

/** The data of a status job: a lead that a destination has accepted and that not all receivers have decided about. */
export interface StatusJob {
  readonly lead: string
  readonly destination: string
}

const yearSeconds = 365 * 24 * 3600

/** Opens the queues on the relay's database. Every pause is measured by `clock`. */
export async function openJobQueue(database: Database, clock: Clock, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    db: database.jobs,
    backend: database.backend,
    schema: 'pgboss',
    clock,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
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
    heartbeatSeconds: database.exclusive ? null : 20,
    // By default pg-boss deletes a job that has waited for two weeks.
    retentionSeconds: 10 * yearSeconds,
    deleteAfterSeconds: 3600,
  }
  const queues = { [deliveryQueue]: { ...common, notify: true }, [statusQueue]: common }
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name)
    await boss.updateQueue(name, options)
    // pg-boss loads a queue's settings once, outside of the transaction that it is given. On the single connection of
    // the embedded database, the first job sent inside a transaction would wait for that forever.
    await boss.findJobs(name, { id: '00000000-0000-0000-0000-000000000000' })
  }
  return boss
}

/** A person may be waiting for a first attempt: it goes before all retries. */
const firstAttemptPriority = 10

/** Queues a delivery job as part of a transaction, to run after `seconds`; returns its id. */
export async function sendDeliveryJob(
  boss: PgBoss,
  transaction: Transaction,
  job: DeliveryJob,
  seconds = 0,
): Promise<string> {
  const options = {
    db: transaction.jobs,
    priority: firstAttemptPriority,
    startAfter: seconds,
    // Concurrency is limited by group, so that a destination that hangs does not take all workers.
    group: { id: job.destination },
  }
  const id = await boss.send(deliveryQueue, job, options)
  if (id === null) throw new Error('The queue did not accept a job')
  return id
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

/** Queues a status job as part of a transaction, to run after `seconds`. */
export async function sendStatusJob(
  boss: PgBoss,
  transaction: Transaction,
  job: StatusJob,
  seconds: number,
): Promise<void> {
  await boss.send(statusQueue, job, { db: transaction.jobs, startAfter: seconds })
}
