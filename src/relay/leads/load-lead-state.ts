import type { Queryable, Transaction } from '../database/database.ts'
import type { DeliveryState, LeadState } from './lead-state.ts'

interface StateRow extends Omit<DeliveryState, 'destination' | 'blockedUntil'> {
  readonly form: string
  readonly ownAnswer: 'duplicate' | 'queued' | null
  readonly partialStep: string | null
  readonly blockedUntil: Date | null
  readonly keyHash: string
  readonly revision: number
  readonly destination: string | null
}

/** Loads the state of a lead; `undefined` if there is no such lead. */
export async function loadLeadState(source: Queryable, id: string): Promise<LeadState | undefined> {
  const rows = await source.query<StateRow>(
    `select l.form, l.key_hash as "keyHash", l.revision, l.own_answer as "ownAnswer",
       l.partial_step as "partialStep", d.destination, d.status, d.outcome, d.attempts, d.blocked_until as "blockedUntil",
       exists (${attemptsSql} and a.number = d.attempts and a.finished_at is null) as running,
       exists (${createAttemptsSql} and ${mayHaveArrivedSql}) as "mayHaveArrived",
       exists (${attemptsSql} and a.operation = 'confirm' and a.number = d.attempts
         and ${mayHaveArrivedSql}) as "mayBeConfirmed"
     from anketa.leads l left join anketa.deliveries d on d.lead = l.id
     where l.id = $1 order by d.position`,
    [id],
  )
  const [first] = rows
  if (!first) return undefined
  const { form, keyHash, revision, ownAnswer, partialStep } = first
  const deliveries = rows.flatMap((row): readonly DeliveryState[] => {
    const { destination, status, outcome, attempts, running, mayHaveArrived, mayBeConfirmed } = row
    if (destination === null) return []
    const blocked = row.blockedUntil === null ? {} : { blockedUntil: row.blockedUntil }
    return [{ destination, status, outcome, attempts, running, mayHaveArrived, mayBeConfirmed, ...blocked }]
  })
  return {
    id,
    form,
    keyHash,
    revision,
    deliveries,
    ...(ownAnswer === null ? {} : { ownAnswer }),
    ...(partialStep === null ? {} : { partialStep }),
  }
}

/**
 * Locks a lead and its deliveries until the transaction ends. Every change of a delivery takes this lock first, so that
 * two transactions never wait for each other. What the lock guards is read by a later statement: one that waits for the
 * lock itself would return the deliveries as they were before the wait.
 */
export async function lockLead(transaction: Transaction, id: string): Promise<void> {
  await transaction.query('select from anketa.leads where id = $1 for update', [id])
}

/** The attempts of the delivery `d` in its current revision. */
export const attemptsSql = `select from anketa.attempts a
  where a.lead = d.lead and a.destination = d.destination and a.revision = d.revision`

/** The attempts to send the revision, without those that send a code. */
export const createAttemptsSql = `${attemptsSql} and a.operation = 'create'`

/**
 * An attempt `a` that the destination may have received without our knowing: it has not finished, or its answer was
 * missing or unreadable. `mayHaveLead` in lead-state.ts decides on top of this.
 */
export const mayHaveArrivedSql = `(a.finished_at is null
  or a.outcome ->> 'mayHaveArrived' = 'true' or a.outcome ->> 'outcome' = 'uncertain')`
