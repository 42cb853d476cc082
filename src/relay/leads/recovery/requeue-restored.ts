import type { PgBoss } from 'pg-boss'
import { isInProgress, type Outcome } from '../../../lead/outcome.ts'
import type { Database } from '../../database/database.ts'
import type { Encryption } from '../../database/encryption/encryption.ts'
import { createDeliveryStore } from '../delivery-store.ts'
import { sendStatusJob } from '../job-queue.ts'

/** Options of {@link requeueRestored}. */
export interface RequeueOptions {
  readonly now: Date
  /** Whether deliveries that wait may have been sent since the backup was made. */
  readonly sentSince: boolean
}

/**
 * Gives the deliveries and the status queries of a restored database their jobs, which no backup holds. Returns the number
 * of deliveries that wait.
 */
export async function requeueRestored(
  database: Database,
  boss: PgBoss,
  encryption: Encryption,
  { now, sentSince }: RequeueOptions,
): Promise<number> {
  if (sentSince) await recordPossibleAttempts(database, now)
  const waiting = await createDeliveryStore(database, boss, encryption).requeueOrphans(now)
  const accepted = await database.query<{ lead: string; destination: string; outcome: Outcome }>(
    `select lead, destination, outcome from anketa.deliveries
     where status = 'decided' and outcome ->> 'outcome' = 'accepted' and outcome -> 'progress' is not null`,
  )
  const open = accepted.filter(({ outcome }) => isInProgress(outcome))
  await database.transaction(async (transaction) => {
    for (const { lead, destination } of open) {
      await sendStatusJob(boss, transaction, { lead, destination }, 0)
    }
  })
  return waiting
}

/** Records an attempt without an end for every delivery that waits, and ends postbacks: they may have arrived. */
async function recordPossibleAttempts(database: Database, now: Date): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query(
      `insert into anketa.attempts (lead, destination, revision, number, started_at, operation)
       select lead, destination, revision, attempts + 1, $1, 'create' from anketa.deliveries where status = 'waiting'`,
      [now],
    )
    await transaction.query(`update anketa.deliveries set attempts = attempts + 1 where status = 'waiting'`)
    // A notification that comes again costs nothing; a postback would count twice.
    await transaction.query(
      `update anketa.messages set state = 'uncertain', ended_at = $1, reason = 'it may have been sent since the backup'
       where kind = 'postback' and state in ('waiting', 'sending')`,
      [now],
    )
  })
}
