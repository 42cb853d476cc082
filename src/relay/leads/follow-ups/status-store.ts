import type { PgBoss } from 'pg-boss'
import { isInProgress, type Outcome, type ReceiverProgress } from '../../../lead/outcome.ts'
import type { Database } from '../../database/database.ts'
import { type JobClaim, type StatusJob, statusQueue, sendStatusJob } from '../job-queue.ts'
import type { Subscription } from '../../messages/receiver.ts'
import { recordMessages } from '../../messages/record-messages.ts'
import { eventOfProgress } from '../../messages/status-events.ts'
import { lockLead } from '../load-lead-state.ts'

/** An accepted lead that some receivers have not decided about. */
export interface PendingLead {
  readonly form: string
  /** The provider's id of the application. */
  readonly applicationId: string
  readonly acceptedAt: Date
}

/** The statuses of accepted applications. */
export interface StatusStore {
  /** Finds the application to ask for; `undefined` if everything has been decided. */
  findPending(job: StatusJob): Promise<PendingLead | undefined>
  /**
   * Stores a destination's answer (the latest with the delivery, every change in the history), ends the job, and queues
   * the next request in `seconds` while something is open. Without `progress` it only queues the next request. Without
   * `seconds` there is no next request.
   */
  settle(
    job: StatusJob,
    claim: JobClaim,
    update: {
      readonly progress?: readonly ReceiverProgress[]
      readonly seconds?: number | undefined
      readonly now: Date
      /** Who is informed of it. */
      readonly subscriptions?: readonly Subscription[] | undefined
    },
  ): Promise<void>
}

/** Creates the store. */
export function createStatusStore(database: Database, boss: PgBoss): StatusStore {
  return {
    async findPending({ lead, destination }) {
      const [row] = await database.query<{ form: string; outcome: Outcome | null; acceptedAt: Date }>(
        `select l.form, d.outcome, d.settled_at as "acceptedAt"
         from anketa.deliveries d join anketa.leads l on l.id = d.lead
         where d.lead = $1 and d.destination = $2 and d.status = 'decided'`,
        [lead, destination],
      )
      const outcome = row?.outcome
      if (!row || outcome?.outcome !== 'accepted' || outcome.providerId === undefined) return undefined
      if (!isInProgress(outcome)) return undefined
      return { form: row.form, applicationId: outcome.providerId, acceptedAt: row.acceptedAt }
    },

    settle: ({ lead, destination }, claim, { progress = [], seconds, now, subscriptions }) =>
      database.transaction(async (transaction) => {
        await lockLead(transaction, lead)
        let open = true
        if (progress.length > 0) {
          const latest = JSON.stringify(progress)
          const [changed] = await transaction.query<{
            revision: number
            before: readonly ReceiverProgress[] | null
            payout: string | null
          }>(
            `update anketa.deliveries d set outcome = jsonb_set(d.outcome, '{progress}', $3::jsonb)
             from (select outcome -> 'progress' as progress from anketa.deliveries
               where lead = $1 and destination = $2) old
             where d.lead = $1 and d.destination = $2 and old.progress is distinct from $3::jsonb
             returning d.revision, old.progress as before, d.outcome ->> 'payout' as payout`,
            [lead, destination, latest],
          )
          if (changed) {
            await transaction.query(
              `insert into anketa.progress (lead, destination, number, seen_at, progress)
               select $1, $2, coalesce(max(number), 0) + 1, $3, $4::jsonb
               from anketa.progress where lead = $1 and destination = $2`,
              [lead, destination, now, latest],
            )
            const event = eventOfProgress(progress)
            const isNews = event !== undefined && event !== eventOfProgress(changed.before ?? [])
            // The provider named it with the acceptance, and it holds for the later decision, too.
            const payout = changed.payout === null ? {} : { payout: changed.payout }
            const details = { status: 'accepted', destination, ...payout }
            const occurrences = isNews ? [{ event, details }] : []
            await recordMessages(transaction, subscriptions, { ...changed, lead }, occurrences, now)
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
