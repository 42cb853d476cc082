import type { PgBoss } from 'pg-boss'
import type { Outcome } from '../../lead/outcome.ts'
import type { Transaction } from '../database/database.ts'
import { type DeliveryJob, sendDeliveryJob } from './job-queue.ts'

/** A delivery's primary key: the lead and the destination's stored key. */
export interface DeliveryKey {
  readonly lead: string
  readonly destination: string
}

/** Queues a revision for a destination as part of a transaction. */
export async function queueDelivery(
  transaction: Transaction,
  boss: PgBoss,
  delivery: DeliveryJob,
  now: Date,
): Promise<void> {
  // The job of an earlier revision finds that it is superseded when it runs.
  const job = await sendDeliveryJob(boss, transaction, delivery)
  const { lead, destination, revision } = delivery
  await transaction.query(
    `insert into anketa.deliveries (lead, destination, revision, status, attempts, queued_at, job)
     values ($1, $2, $3, 'waiting', 0, $4, $5)
     on conflict (lead, destination) do update
     set revision = excluded.revision, status = excluded.status, outcome = null, attempts = 0,
       queued_at = excluded.queued_at, job = excluded.job, settled_at = null, codes = 0`,
    [lead, destination, revision, now, job],
  )
}

/** Deletes the delivery to a destination. Its attempts stay. */
export async function dropDelivery(
  transaction: Transaction,
  { lead, destination }: DeliveryKey,
): Promise<void> {
  await transaction.query('delete from anketa.deliveries where lead = $1 and destination = $2', [
    lead,
    destination,
  ])
}

/** Records that an attempt begins. */
export async function beginAttempt(
  transaction: Transaction,
  { lead, destination, revision }: DeliveryJob,
  attempt: { readonly number: number; readonly operation: 'create' | 'confirm'; readonly now: Date },
): Promise<void> {
  await transaction.query(
    `insert into anketa.attempts (lead, destination, revision, number, started_at, operation)
     values ($1, $2, $3, $4, $5, $6)`,
    [lead, destination, revision, attempt.number, attempt.now, attempt.operation],
  )
  await transaction.query('update anketa.deliveries set attempts = $3 where lead = $1 and destination = $2', [
    lead,
    destination,
    attempt.number,
  ])
}

/** Records the outcome of an attempt. */
export async function endAttempt(
  transaction: Transaction,
  { lead, destination, revision }: DeliveryJob,
  attempt: { readonly number: number; readonly outcome: Outcome; readonly now: Date },
): Promise<void> {
  await transaction.query(
    `update anketa.attempts set finished_at = $5, outcome = $6::jsonb
     where lead = $1 and destination = $2 and revision = $3 and number = $4`,
    [
      lead,
      destination,
      revision,
      attempt.number,
      attempt.now,
      JSON.stringify(removePersonalData(attempt.outcome)),
    ],
  )
}

/** The part of an outcome that is kept with the attempt: without a provider's sentences, which may quote personal data. */
function removePersonalData(outcome: Outcome): object {
  switch (outcome.outcome) {
    case 'declined':
      return { outcome: 'declined' }
    case 'invalid': {
      const warnings = outcome.issues.filter(({ code }) => code === 'campaign-format')
      const fields = outcome.issues.map(({ field }) => field)
      return { outcome: 'invalid', fields, remarks: warnings.map(({ field }) => field) }
    }
    case 'verification':
      return { outcome: 'verification' }
    case 'accepted': {
      const { notices: _, ...kept } = outcome
      return kept
    }
    case 'duplicate':
    case 'unavailable':
    case 'refused':
    case 'unreadable':
    case 'uncertain':
      return outcome
  }
}
