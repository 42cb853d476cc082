import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import type { Database, Queryable, Transaction } from '../../database/database.ts'
import {
  type DeliveryJob,
  type DeliveryJobData,
  deliveryQueue,
  sendDeliveryJobs,
  correctionQueue,
  statusQueue,
} from '../job-queue.ts'
import { lockLead } from '../load-lead-state.ts'

/** No job of the relay waits longer: a pause that a provider asked for, and a little more. */
const longestPauseSeconds = 3600 + 100

/** A rule of a form's routing keeps a lead for longer: until its destination's hours, or the next day, begin. */
const longestBlockHours = 25

/** Whether the job of `pgboss.job` waits for a moment that the rules of its form have named. */
const isBlockedSql = `exists (select from anketa.deliveries d
  where d.lead = (job.data ->> 'lead')::uuid and d.destination = job.data ->> 'destination' and d.job = job.id
    and d.blocked_until is not null
    and job.start_after < least(d.blocked_until, pgboss.job_now() + interval '${longestBlockHours} hours')
      + interval '${longestPauseSeconds} seconds')`

/** Deliveries that one statement looks at. */
const batchSize = 1000

/** What a sweep has found. */
export interface SweepResult {
  /** Waiting deliveries whose job was gone. They are queued again. */
  readonly requeued: number
  /** Jobs that the clock, when it was ahead, had put off for longer than any pause. */
  readonly pulledBack: number
}

/** Looks for deliveries that nothing would ever continue, a part of them in every run. */
export interface DeliverySweep {
  run(): Promise<SweepResult>
}

/** Creates the sweep. Every run is a few statements on indexes, whatever the number of leads. */
export function createDeliverySweep(database: Database, boss: PgBoss): DeliverySweep {
  let position: Pick<DeliveryJob, 'lead' | 'destination'> | undefined

  return {
    async run() {
      const pulledBack = await pullJobsBack(database)
      const batch = await readBatch(database, position)
      position = batch.length < batchSize ? undefined : batch.at(-1)
      let requeued = 0
      for (const { hasJob, ...delivery } of batch) {
        if (hasJob) continue
        if (await database.transaction((transaction) => requeue(transaction, boss, delivery))) requeued += 1
      }
      return { requeued, pulledBack }
    },
  }
}

/** Whether the job of the delivery `d` will run or runs. */
const hasJobSql = `exists (select from pgboss.job j
  where j.name = '${deliveryQueue}' and j.id = d.job and j.state in ('created', 'retry', 'active'))`

interface BatchRow extends DeliveryJobData {
  readonly hasJob: boolean
}

async function readBatch(
  database: Queryable,
  after: Pick<DeliveryJob, 'lead' | 'destination'> | undefined,
): Promise<readonly BatchRow[]> {
  return database.query<BatchRow>(
    `select d.lead, d.destination, d.revision, l.form, d.attempts > 0 as attempted, ${hasJobSql} as "hasJob"
     from anketa.deliveries d join anketa.leads l on l.id = d.lead
     where d.status = 'waiting' and (d.lead, d.destination) > ($1, $2)
     order by d.lead, d.destination limit ${batchSize}`,
    [after?.lead ?? '00000000-0000-0000-0000-000000000000', after?.destination ?? ''],
  )
}

/** Queues a delivery again, unless somebody has done so meanwhile. */
async function requeue(transaction: Transaction, boss: PgBoss, delivery: DeliveryJobData): Promise<boolean> {
  const { lead, destination, revision } = delivery
  await lockLead(transaction, lead)
  const [lost] = await transaction.query(
    `select from anketa.deliveries d where d.lead = $1 and d.destination = $2 and d.revision = $3
       and d.status = 'waiting' and not ${hasJobSql}`,
    [lead, destination, revision],
  )
  if (!lost) return false
  const job = randomUUID()
  await sendDeliveryJobs(boss, transaction, [{ id: job, data: delivery }])
  await transaction.query('update anketa.deliveries set job = $3 where lead = $1 and destination = $2', [
    lead,
    destination,
    job,
  ])
  return true
}

/**
 * Pulls back what was scheduled while the clock was ahead: jobs that would sleep until then, calls that would count as
 * running until then, and the queue's own rounds.
 */
async function pullJobsBack(database: Queryable): Promise<number> {
  const waiting = await database.query(
    `update pgboss.job set start_after = pgboss.job_now()
     where name in ('${deliveryQueue}', '${statusQueue}', '${correctionQueue}') and state < 'active'
       and start_after > pgboss.job_now() + interval '${longestPauseSeconds} seconds'
       and not (name = '${deliveryQueue}' and ${isBlockedSql}) returning id`,
  )
  await database.query(
    `update pgboss.job set started_on = pgboss.job_now(), heartbeat_on = least(heartbeat_on, pgboss.job_now())
     where name in ('${deliveryQueue}', '${statusQueue}', '${correctionQueue}') and state = 'active'
       and started_on > pgboss.job_now() + interval '60 seconds'`,
  )
  await database.query(
    `update pgboss.queue set monitor_on = least(monitor_on, pgboss.job_now()),
       monitor_claim_on = least(monitor_claim_on, pgboss.job_now()),
       maintain_on = least(maintain_on, pgboss.job_now())
     where greatest(monitor_on, monitor_claim_on, maintain_on) > pgboss.job_now() + interval '60 seconds'`,
  )
  return waiting.length
}
