import { type Clock, PgBoss, type UpdateQueueOptions } from 'pg-boss'
import type { Database, Transaction } from './database.ts'
import { faultText, type Log } from './log.ts'

/** The queue's name: one job is one delivery of one revision of one lead to one destination. */
export const deliveryQueue = 'delivery'

/** What a job says; everything else is read when it runs. */
export interface DeliveryJob {
  readonly lead: string
  readonly destination: string
  readonly revision: number
}

const year = 365 * 24 * 3600

/** Opens the queue on the relay's database. Its clock is the clock of every pause. */
export async function openQueue(database: Database, clock: Clock, log: Log): Promise<PgBoss> {
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
  boss.on('error', (fault) => log('error', 'The queue met a fault', { fault: faultText(fault) }))
  boss.on('warning', ({ message }) => log('warning', `The queue: ${message}`))
  await boss.start()

  const options: UpdateQueueOptions = {
    // Pauses of 5–10, 10–20, 20–40 s … up to 15 min. When to give up is the delivery's to say, never the count's.
    retryLimit: 1_000_000,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 15 * 60,
    // Longer than a call may take. A job that is still active then belongs to nobody.
    expireInSeconds: 60,
    // Where processes share a database, a silent one loses its jobs to the others. In an exclusive one there is
    // nobody to take them, and whoever starts next takes all: see `adoptOrphans`.
    heartbeatSeconds: database.exclusive ? null : 20,
    // By default the queue throws away a job that has waited for two weeks, as after a long standstill.
    retentionSeconds: 10 * year,
    deleteAfterSeconds: 3600,
    notify: true,
  }
  await boss.createQueue(deliveryQueue)
  await boss.updateQueue(deliveryQueue, options)
  // The queue looks its own settings up outside of the transaction it is given, once. Embedded, where one connection
  // serves all, the first job sent inside a transaction would wait for that forever.
  await boss.findJobs(deliveryQueue, { id: '00000000-0000-0000-0000-000000000000' })
  return boss
}

/** Queues a job as part of a transaction; returns its id. */
export async function sendJob(boss: PgBoss, transaction: Transaction, job: DeliveryJob): Promise<string> {
  const id = await boss.send(deliveryQueue, job, { db: transaction.jobs })
  if (id === null) throw new Error('The queue did not take a job')
  return id
}
