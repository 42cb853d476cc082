import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import type { Outcome } from '../../lead/outcome.ts'
import type { Transaction } from '../database/database.ts'
import type { EventDetails } from '../messages/receiver.ts'
import { recordStatusChange } from '../messages/record-messages.ts'
import type { Routing } from './routing.ts'
import type { LeadCipher } from '../database/encryption/encryption.ts'
import type { Sealed } from '../database/encryption/sealed.ts'
import { type DeliveryJob, type NewDeliveryJob, sendDeliveryJobs } from './job-queue.ts'
import { type DeliveryState, type LeadStatus, queuedDelivery } from './lead-state.ts'

/** A delivery's primary key: the lead and the destination's stored key. */
export interface DeliveryKey {
  readonly lead: string
  readonly destination: string
}

/** A revision of a lead, and the form that it belongs to. */
export interface LeadRevision {
  readonly lead: string
  readonly form: string
  readonly revision: number
}

/** The jobs that deliver a revision to destinations for the first time, in this order. */
export function createFirstJobs(
  { lead, form, revision }: LeadRevision,
  destinations: readonly string[],
): readonly NewDeliveryJob[] {
  return destinations.map((destination) => ({
    id: randomUUID(),
    data: { lead, destination, revision, form, attempted: false },
  }))
}

/** Queues a revision for destinations as part of a transaction, to be attempted after a pause. */
export async function queueDeliveries(
  transaction: Transaction,
  boss: PgBoss,
  revision: LeadRevision,
  destinations: readonly string[],
  now: Date,
  pauseSeconds = 0,
): Promise<void> {
  if (destinations.length === 0) return
  // The job of an earlier revision finds that it is superseded when it runs.
  const jobs = createFirstJobs(revision, destinations).map((job) => ({ ...job, pause: pauseSeconds }))
  await sendDeliveryJobs(boss, transaction, jobs)
  await transaction.query(
    `insert into anketa.deliveries (lead, destination, revision, status, attempts, queued_at, job, received_at)
     select $1, queued.destination, $2, 'waiting', 0, $3, queued.job,
       (select received_at from anketa.leads where id = $1)
     from unnest($4::text[], $5::uuid[]) with ordinality as queued (destination, job, place) order by place
     on conflict (lead, destination) do update
     set revision = excluded.revision, status = excluded.status, outcome = null, attempts = 0,
       queued_at = excluded.queued_at, job = excluded.job, settled_at = null, codes = 0,
       blocked_until = null, routed = false`,
    [revision.lead, revision.revision, now, destinations, jobs.map(({ id }) => id)],
  )
}

/** Pauses before a refused delivery is tried again: they double from the first to the second. */
const minPauseSeconds = 5
const maxPauseSeconds = 15 * 60

/**
 * Queues a delivery again that another destination was asked instead of, as part of a transaction. Its week goes on,
 * unless the lead has new values. Returns its state.
 */
export async function queueAgain(
  transaction: Transaction,
  boss: PgBoss,
  { lead, form, revision }: LeadRevision,
  delivery: DeliveryState,
  now: Date,
): Promise<DeliveryState> {
  const { destination, attempts } = delivery
  const id = randomUUID()
  const rows = await transaction.query(
    `update anketa.deliveries set status = 'waiting', job = $4
     where lead = $1 and destination = $2 and revision = $3 returning lead`,
    [lead, destination, revision, id],
  )
  if (rows.length === 0) {
    await queueDeliveries(transaction, boss, { lead, form, revision }, [destination], now)
    return queuedDelivery(destination)
  }
  const data = { lead, destination, revision, form, attempted: true }
  const pause = Math.min(minPauseSeconds * 2 ** Math.max(0, attempts - 1), maxPauseSeconds)
  await sendDeliveryJobs(boss, transaction, [{ id, data, pause }])
  return { ...delivery, status: 'waiting' }
}

/** Deletes the deliveries to destinations. Their attempts stay. */
export async function dropDeliveries(
  transaction: Transaction,
  lead: string,
  destinations: readonly string[],
): Promise<void> {
  if (destinations.length === 0) return
  await transaction.query('delete from anketa.deliveries where lead = $1 and destination = any ($2)', [
    lead,
    destinations,
  ])
}

/** An attempt that has ended. */
export interface EndedAttempt extends DeliveryJob {
  readonly number: number
  readonly outcome: Outcome
}

/** Records the outcome of an attempt whose delivery stays as it is. */
export async function endAttempt(
  transaction: Transaction,
  cipher: LeadCipher,
  { lead, destination, revision, number, outcome }: EndedAttempt,
  now: Date,
): Promise<void> {
  await transaction.query(
    `update anketa.attempts set finished_at = $5, outcome = $6::jsonb
     where lead = $1 and destination = $2 and revision = $3 and number = $4`,
    [lead, destination, revision, number, now, sealAttemptOutcome(outcome, cipher)],
  )
}

/**
 * The part of an outcome that is kept with the attempt, without a provider's sentences, which may quote personal data.
 * Reasons and ids are encrypted, because they come from outside.
 */
export function sealAttemptOutcome(outcome: Outcome, cipher: LeadCipher): Sealed {
  return sealKeptOutcome(removeSentences(outcome), cipher)
}

/** Encrypts the outcome of an attempt as it is kept. */
export function sealKeptOutcome(kept: object, cipher: LeadCipher): Sealed {
  const { providerId: _, reason: __, ...clear } = { providerId: undefined, reason: undefined, ...kept }
  return cipher.seal(kept, clear)
}

function removeSentences(outcome: Outcome): object {
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

/** Changes the status of a locked lead, for all who want to know. */
export async function changeLeadStatus(
  transaction: Transaction,
  { subscriptions }: Pick<Routing, 'subscriptions'>,
  lead: Pick<LeadRevision, 'lead' | 'revision'>,
  { status, ...details }: EventDetails & { readonly status: LeadStatus },
  now: Date,
): Promise<void> {
  const [row] = await transaction.query<{ before: LeadStatus }>(
    `update anketa.leads l set status = $2 from (select status from anketa.leads where id = $1) old
     where l.id = $1 returning old.status as before`,
    [lead.lead, status],
  )
  const before = row?.before ?? status
  await recordStatusChange(transaction, subscriptions, lead, { before, status, ...details }, now)
}
