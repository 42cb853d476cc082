import type { PgBoss } from 'pg-boss'
import type { Attribution, ConsentReceipt, DeliverableLead } from '../lead/lead.ts'
import { isRetryable, type Outcome } from '../lead/outcome.ts'
import type { LeadValues } from '../lead/values.ts'
import type { Database, Transaction } from './database.ts'
import { answerOf, type DeliveryState } from './lead-state.ts'
import { attemptsOf, mayHaveArrived } from './lead-store.ts'
import { type DeliveryJob, deliveryQueue, sendJob } from './queue.ts'

/** A delivery is given up this long after its revision was queued, by the clock. */
const longestWait = 7 * 24 * 3600 * 1000

/** A claim on a job, which lapses when the queue hands the job to someone else. */
export interface JobClaim {
  readonly id: string
  readonly retryCount: number
}

/** An attempt that has been recorded and is to be made now. */
export interface Task extends DeliveryJob {
  readonly claim: JobClaim
  readonly form: string
  readonly leadNumber: number
  /** 1 for the first of this revision. */
  readonly attempt: number
  readonly mayHaveArrived: boolean
  readonly queuedAt: Date
  readonly content: DeliverableLead
}

/** How many deliveries are open, and how many were given up. */
export interface QueueCounts {
  readonly waiting: number
  readonly failed: number
}

/** Deliveries as the courier works them off. */
export interface DeliveryStore {
  /** Records that a call is about to be made; `undefined` when the job has nothing left to do. */
  begin(job: DeliveryJob, claim: JobClaim, now: Date): Promise<Task | undefined>
  /** Stores what the call came to and settles the job, in one transaction. Tells how the delivery stands. */
  settle(task: Task, outcome: Outcome, now: Date): Promise<DeliveryState['status']>
  /** Queues again, at once, what a dead process left behind. Only for a database that nobody else uses. */
  adoptOrphans(): Promise<number>
  counts(): Promise<QueueCounts>
}

/** Makes the store. */
export function createDeliveryStore(database: Database, boss: PgBoss): DeliveryStore {
  return {
    begin: (job, claim, now) => database.transaction((transaction) => begin(transaction, job, claim, now)),
    settle: (task, outcome, now) =>
      database.transaction((transaction) => settle(transaction, boss, task, outcome, now)),
    adoptOrphans: () => database.transaction((transaction) => adoptOrphans(transaction, boss)),
    async counts() {
      const [row] = await database.query<QueueCounts>(
        `select count(*) filter (where status = 'waiting')::int as waiting,
           count(*) filter (where status = 'failed')::int as failed
         from anketa.deliveries where status in ('waiting', 'failed')`,
      )
      return row ?? { waiting: 0, failed: 0 }
    },
  }
}

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
): Promise<Task | undefined> {
  // The delivery names the job in force: one that was superseded, replaced or has done its work finds no row.
  const [row] = await transaction.query<TaskRow>(
    `select l.form, l.number, d.attempts, d.queued_at as "queuedAt",
       exists (${attemptsOf} and ${mayHaveArrived}) as "mayHaveArrived",
       r."values", r.consents, r.attribution, r.page, r.received_at as "receivedAt"
     from anketa.deliveries d
       join anketa.leads l on l.id = d.lead
       join anketa.revisions r on r.lead = d.lead and r.revision = d.revision
     where d.lead = $1 and d.destination = $2 and d.revision = $3 and d.job = $4 and d.status = 'waiting'
     for update of d`,
    [lead, destination, revision, claim.id],
  )
  if (!row) return undefined
  const attempt = row.attempts + 1
  await transaction.query(
    `insert into anketa.attempts (lead, destination, revision, number, started_at) values ($1, $2, $3, $4, $5)`,
    [lead, destination, revision, attempt, now],
  )
  await transaction.query('update anketa.deliveries set attempts = $3 where lead = $1 and destination = $2', [
    lead,
    destination,
    attempt,
  ])
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
    content: { values, consents, attribution, page, receivedAt },
  }
}

async function settle(
  transaction: Transaction,
  boss: PgBoss,
  task: Task,
  outcome: Outcome,
  now: Date,
): Promise<DeliveryState['status']> {
  const { lead, destination, revision, attempt, claim, queuedAt } = task
  const expired = now.getTime() - queuedAt.getTime() >= longestWait
  const status = !isRetryable(outcome) ? 'decided' : expired ? 'failed' : 'waiting'
  await transaction.query(
    `update anketa.attempts set finished_at = $5, outcome = $6::jsonb
     where lead = $1 and destination = $2 and revision = $3 and number = $4`,
    [lead, destination, revision, attempt, now, JSON.stringify(traceOf(outcome))],
  )
  await transaction.query(
    `update anketa.deliveries set status = $4, outcome = $5::jsonb
     where lead = $1 and destination = $2 and revision = $3 and status = 'waiting'`,
    [lead, destination, revision, status, JSON.stringify(outcome)],
  )
  const deliveries = await transaction.query<DeliveryState>(
    'select status, outcome from anketa.deliveries where lead = $1',
    [lead],
  )
  const failed = deliveries.every((delivery) => delivery.status === 'failed')
  await transaction.query('update anketa.leads set status = $2 where id = $1', [
    lead,
    failed ? 'failed' : answerOf(deliveries).outcome,
  ])
  // With the claim, so that a job that someone else has taken up meanwhile is left alone.
  const options = { db: transaction.jobs }
  if (status === 'waiting') await boss.fail(deliveryQueue, claim, null, options)
  else await boss.complete(deliveryQueue, claim, null, options)
  return status
}

async function adoptOrphans(transaction: Transaction, boss: PgBoss): Promise<number> {
  const orphans = await transaction.query<DeliveryJob>(
    `select d.lead, d.destination, d.revision
     from anketa.deliveries d left join pgboss.job j on j.name = $1 and j.id = d.job
     where d.status = 'waiting' and (
       j.state is null or j.state::text not in ('created', 'retry')
       or exists (${attemptsOf} and a.number = d.attempts and a.finished_at is null))
     for update of d`,
    [deliveryQueue],
  )
  for (const { lead, destination, revision } of orphans) {
    // A job of its own rather than the old one, whose next pause may be long.
    const job = await sendJob(boss, transaction, { lead, destination, revision })
    await transaction.query('update anketa.deliveries set job = $3 where lead = $1 and destination = $2', [
      lead,
      destination,
      job,
    ])
  }
  return orphans.length
}

/** What is kept of an attempt for good: no sentence of a provider, which may quote a person's data. */
function traceOf(outcome: Outcome): object {
  switch (outcome.outcome) {
    case 'declined':
      return { outcome: 'declined' }
    case 'invalid':
      return { outcome: 'invalid', fields: outcome.issues.map(({ field }) => field) }
    case 'verification':
      return { outcome: 'verification' }
    case 'accepted':
    case 'duplicate':
    case 'unavailable':
    case 'refused':
    case 'unreadable':
    case 'uncertain':
      return outcome
  }
}
