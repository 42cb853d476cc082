import { type Clock, PgBoss, type UpdateQueueOptions } from 'pg-boss'
import type { Database, Transaction } from '../database/database.ts'
import { describeError, type Log } from '../log.ts'

/** The queue's name: one job is one delivery of one revision of one lead to one destination. */
export const deliveryQueue = 'delivery'

/** What a job says; everything else is read when it runs. */
export interface DeliveryJob {
  readonly lead: string
  readonly destination: string
  readonly revision: number
}

/** A claim on a job, which lapses when the queue hands the job to someone else. */
export interface JobClaim {
  readonly id: string
  readonly retryCount: number
}

/** The name of the queue of questions how leads that were taken go on. */
export const statusQueue = 'progress'

/** A lead that a destination has taken and that its receivers have not all decided about. */
export interface StatusJob {
  readonly lead: string
  readonly destination: string
}

const yearSeconds = 365 * 24 * 3600

/** Opens the queue on the relay's database. Its clock is the clock of every pause. */
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
    // Both look after a busy server; the embedded database is tidied by `Database.tidy`.
    reindex: !database.exclusive,
    monitorVacuum: !database.exclusive,
  })
  boss.on('error', (fault) => log('error', 'The queue met a fault', { fault: describeError(fault) }))
  boss.on('warning', ({ message }) => log('warning', `The queue: ${message}`))
  await boss.start()

  const common: UpdateQueueOptions = {
    // Pauses of 5–10, 10–20, 20–40 s … up to 15 min. When to give up is the delivery's to say, never the count's.
    retryLimit: 1_000_000,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 15 * 60,
    // Longer than the calls of a job may take together: a turn, a token, and the call once more with another token.
    // A job that is still active then belongs to nobody.
    expireInSeconds: 150,
    // Where processes share a database, a silent one loses its jobs to the others. In an exclusive one there is
    // nobody to take them, and whoever starts next takes all: see `adoptOrphans`.
    heartbeatSeconds: database.exclusive ? null : 20,
    // By default the queue throws away a job that has waited for two weeks, as after a long standstill.
    retentionSeconds: 10 * yearSeconds,
    deleteAfterSeconds: 3600,
  }
  const queues = { [deliveryQueue]: { ...common, notify: true }, [statusQueue]: common }
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name)
    await boss.updateQueue(name, options)
    // The queue looks its own settings up outside of the transaction it is given, once. Embedded, where one connection
    // serves all, the first job sent inside a transaction would wait for that forever.
    await boss.findJobs(name, { id: '00000000-0000-0000-0000-000000000000' })
  }
  return boss
}

/** A person may be waiting for a first attempt: it goes before all that has been tried already. */
const firstAttemptPriority = 10

/** Queues a job as part of a transaction, to run after so many seconds; returns its id. */
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
    // What is counted together, so that a destination that hangs does not take all couriers.
    group: { id: job.destination },
  }
  const id = await boss.send(deliveryQueue, job, options)
  if (id === null) throw new Error('The queue did not take a job')
  return id
}

/** Lets a job try again after a pause, as part of a transaction. */
export async function retryDeliveryJob(
  boss: PgBoss,
  transaction: Transaction,
  claim: JobClaim,
): Promise<void> {
  await boss.fail(deliveryQueue, claim, null, { db: transaction.jobs })
  if (claim.retryCount > 0) return
  await boss.update(deliveryQueue, undefined, { id: claim.id, priority: 0, db: transaction.jobs })
}

/** Queues the question how a lead that was taken goes on, as part of a transaction. */
export async function sendStatusJob(
  boss: PgBoss,
  transaction: Transaction,
  job: StatusJob,
  seconds: number,
): Promise<void> {
  await boss.send(statusQueue, job, { db: transaction.jobs, startAfter: seconds })
}
