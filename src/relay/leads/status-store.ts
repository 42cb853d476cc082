import type { PgBoss } from 'pg-boss'
import { isInProgress, type Outcome, type ReceiverProgress } from '../../lead/outcome.ts'
import type { Database } from '../database/database.ts'
import { type JobClaim, type StatusJob, statusQueue, sendStatusJob } from './job-queue.ts'

/** A lead that was taken and that is still open somewhere. */
export interface PendingLead {
  readonly form: string
  /** The provider's id of the application. */
  readonly applicationId: string
  readonly acceptedAt: Date
}

/** How leads that were taken go on. */
export interface StatusStore {
  /** What there is to ask for; `undefined` when everything has been decided. */
  findPending(job: StatusJob): Promise<PendingLead | undefined>
  /**
   * Keeps what a destination said, the latest with the delivery and every change in the history, and asks again after a
   * pause while something is open. Without `progress` it only asks again. `seconds` to the next question; none ends it.
   */
  settle(
    job: StatusJob,
    claim: JobClaim,
    news: {
      readonly progress?: readonly ReceiverProgress[]
      readonly seconds?: number | undefined
      readonly now: Date
    },
  ): Promise<void>
}

/** Makes the store. */
export function createStatusStore(database: Database, boss: PgBoss): StatusStore {
  return {
    async findPending({ lead, destination }) {
      const [row] = await database.query<{ form: string; outcome: Outcome | null; takenAt: Date }>(
        `select l.form, d.outcome, d.settled_at as "takenAt"
         from anketa.deliveries d join anketa.leads l on l.id = d.lead
         where d.lead = $1 and d.destination = $2 and d.status = 'decided'`,
        [lead, destination],
      )
      const outcome = row?.outcome
      if (!row || outcome?.outcome !== 'accepted' || outcome.providerId === undefined) return undefined
      if (!isInProgress(outcome)) return undefined
      return { form: row.form, applicationId: outcome.providerId, acceptedAt: row.takenAt }
    },

    settle: ({ lead, destination }, claim, { progress = [], seconds, now }) =>
      database.transaction(async (transaction) => {
        await transaction.query('select from anketa.leads where id = $1 for update', [lead])
        let open = true
        if (progress.length > 0) {
          const news = JSON.stringify(progress)
          const changed = await transaction.query(
            `update anketa.deliveries set outcome = jsonb_set(outcome, '{progress}', $3::jsonb)
             where lead = $1 and destination = $2 and outcome -> 'progress' is distinct from $3::jsonb
             returning lead`,
            [lead, destination, news],
          )
          if (changed.length > 0) {
            await transaction.query(
              `insert into anketa.progress (lead, destination, number, seen_at, progress)
               select $1, $2, coalesce(max(number), 0) + 1, $3, $4::jsonb
               from anketa.progress where lead = $1 and destination = $2`,
              [lead, destination, now, news],
            )
          }
          open = isInProgress({ outcome: 'accepted', progress })
        }
        if (open && seconds !== undefined) {
          await sendStatusJob(boss, transaction, { lead, destination }, seconds)
        }
        await boss.complete(statusQueue, claim, null, { db: transaction.jobs })
      }),
  }
}
