import type { Queryable } from '../database/database.ts'
import type { DeliveryState, LeadState } from './lead-state.ts'

interface StateRow extends Omit<DeliveryState, 'destination'> {
  readonly form: string
  readonly keyHash: string
  readonly revision: number
  readonly destination: string | null
}

/** Reads how a lead stands; `lock` is what a transaction adds to keep it so. */
export async function loadLeadState(
  source: Queryable,
  id: string,
  lock: '' | 'for update of l' = '',
): Promise<LeadState | undefined> {
  const rows = await source.query<StateRow>(
    `select l.form, l.key_hash as "keyHash", l.revision, d.destination, d.status, d.outcome, d.attempts,
       exists (${attemptsSql} and a.number = d.attempts and a.finished_at is null) as running,
       exists (${createAttemptsSql} and ${mayHaveArrivedSql}) as "mayHaveArrived",
       exists (${attemptsSql} and a.operation = 'confirm' and a.number = d.attempts
         and ${mayHaveArrivedSql}) as "mayBeConfirmed"
     from anketa.leads l left join anketa.deliveries d on d.lead = l.id
     where l.id = $1 order by d.position ${lock}`,
    [id],
  )
  const [first] = rows
  if (!first) return undefined
  const { form, keyHash, revision } = first
  const deliveries = rows.flatMap((row): readonly DeliveryState[] => {
    const { destination, status, outcome, attempts, running, mayHaveArrived: arrived, mayBeConfirmed } = row
    return destination === null
      ? []
      : [{ destination, status, outcome, attempts, running, mayHaveArrived: arrived, mayBeConfirmed }]
  })
  return { id, form, keyHash, revision, deliveries }
}

/** The attempts of the delivery `d` in its current revision. */
export const attemptsSql = `select from anketa.attempts a
  where a.lead = d.lead and a.destination = d.destination and a.revision = d.revision`

/** The attempts to send the revision; the others are codes. */
export const createAttemptsSql = `${attemptsSql} and a.operation = 'create'`

/** An attempt `a` whose request may have been taken unnoticed: its end is unknown, or it got no readable answer. */
export const mayHaveArrivedSql = `(a.finished_at is null
  or a.outcome ->> 'mayHaveArrived' = 'true' or a.outcome ->> 'outcome' = 'uncertain')`
