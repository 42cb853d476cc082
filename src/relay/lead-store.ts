import type { PgBoss } from 'pg-boss'
import type { ConsentReceipt, DeliverableLead } from '../lead/lead.ts'
import type { Database, Queryable, Transaction } from './database.ts'
import { isSameHash } from './key-hash.ts'
import { type DeliveryState, isLocked, type LeadState } from './lead-state.ts'
import { sendJob } from './queue.ts'

/** A lead that has been checked, as it is to be stored. */
export interface CheckedLead extends DeliverableLead {
  readonly id: string
  readonly keyHash: string
  readonly form: string
  readonly widget: string
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
  /** Keys of the destinations that it goes to. */
  readonly destinations: readonly string[]
}

/** Leads as they are received and asked for. */
export interface LeadStore {
  /**
   * Stores a lead and its jobs in one transaction: a new lead, a new revision of one that nobody has yet, or nothing
   * if there is nothing new or it is too late. `undefined` when the id belongs to another key or form.
   */
  receive(lead: CheckedLead): Promise<LeadState | undefined>
  find(id: string): Promise<LeadState | undefined>
}

/** Makes the store. */
export function createLeadStore(database: Database, boss: PgBoss): LeadStore {
  return {
    find: (id) => readState(database, id),
    receive: (lead) =>
      database.transaction(async (transaction) => {
        if (await insertLead(transaction, lead)) {
          await storeRevision(transaction, boss, lead, 1)
          return readState(transaction, lead.id)
        }
        const state = await readState(transaction, lead.id, 'for update of l')
        if (!state || state.form !== lead.form || !isSameHash(state.keyHash, lead.keyHash)) return undefined
        if (isLocked(state) || (await isRepeat(transaction, state, lead))) return state
        await storeRevision(transaction, boss, lead, state.revision + 1)
        return readState(transaction, lead.id)
      }),
  }
}

/** Of two posts that arrive together one inserts, and the other waits here until it has. */
async function insertLead(transaction: Transaction, lead: CheckedLead): Promise<boolean> {
  const rows = await transaction.query(
    `insert into anketa.leads (id, form, key_hash, revision, status, received_at)
     values ($1, $2, $3, 0, 'queued', $4) on conflict (id) do nothing returning number`,
    [lead.id, lead.form, lead.keyHash, lead.receivedAt],
  )
  return rows.length > 0
}

async function storeRevision(
  transaction: Transaction,
  boss: PgBoss,
  lead: CheckedLead,
  revision: number,
): Promise<void> {
  await transaction.query(
    `insert into anketa.revisions
       (lead, revision, "values", consents, attribution, page, widget, received_at, ip, user_agent)
     values ($1, $2, $3::jsonb, $4::jsonb, $5::jsonb, $6::jsonb, $7, $8, $9, $10)`,
    [
      lead.id,
      revision,
      JSON.stringify(lead.values),
      JSON.stringify(lead.consents),
      JSON.stringify(lead.attribution),
      JSON.stringify(lead.page),
      lead.widget,
      lead.receivedAt,
      lead.ip ?? null,
      lead.userAgent ?? null,
    ],
  )
  await transaction.query(`update anketa.leads set revision = $2, status = 'queued' where id = $1`, [
    lead.id,
    revision,
  ])
  for (const destination of lead.destinations) {
    // A job of an earlier revision finds itself superseded when it runs.
    const job = await sendJob(boss, transaction, { lead: lead.id, destination, revision })
    await transaction.query(
      `insert into anketa.deliveries (lead, destination, revision, status, attempts, queued_at, job)
       values ($1, $2, $3, 'waiting', 0, $4, $5)
       on conflict (lead, destination) do update
       set revision = excluded.revision, status = excluded.status, outcome = null, attempts = 0,
         queued_at = excluded.queued_at, job = excluded.job`,
      [lead.id, destination, revision, lead.receivedAt, job],
    )
  }
}

/** Whether a post brings nothing new: the same values, and consents to the same documents. */
async function isRepeat(transaction: Transaction, state: LeadState, lead: CheckedLead): Promise<boolean> {
  const [row] = await transaction.query<{ same: boolean; consents: readonly ConsentReceipt[] }>(
    `select "values" = $3::jsonb as same, consents from anketa.revisions where lead = $1 and revision = $2`,
    [state.id, state.revision, JSON.stringify(lead.values)],
  )
  return row !== undefined && row.same && documentsOf(row.consents) === documentsOf(lead.consents)
}

/** What was agreed to, whenever it was ticked and in whatever order. */
function documentsOf(consents: readonly ConsentReceipt[]): string {
  const documents = consents.map(({ id, version, documentUrl }) => JSON.stringify([id, version, documentUrl]))
  return [...new Set(documents)].toSorted().join()
}

interface StateRow extends Omit<DeliveryState, 'destination'> {
  readonly form: string
  readonly keyHash: string
  readonly revision: number
  readonly destination: string | null
}

async function readState(source: Queryable, id: string, lock = ''): Promise<LeadState | undefined> {
  const rows = await source.query<StateRow>(
    `select l.form, l.key_hash as "keyHash", l.revision, d.destination, d.status, d.outcome, d.attempts,
       exists (${attemptsOf} and a.number = d.attempts and a.finished_at is null) as running,
       exists (${attemptsOf} and ${mayHaveArrived}) as "mayHaveArrived"
     from anketa.leads l left join anketa.deliveries d on d.lead = l.id
     where l.id = $1 order by d.destination ${lock}`,
    [id],
  )
  const [first] = rows
  if (!first) return undefined
  const { form, keyHash, revision } = first
  const deliveries = rows.flatMap(
    ({ destination, status, outcome, attempts, running, mayHaveArrived: arrived }) =>
      destination === null
        ? []
        : [{ destination, status, outcome, attempts, running, mayHaveArrived: arrived }],
  )
  return { id, form, keyHash, revision, deliveries }
}

/** The attempts of the delivery `d` in its current revision. */
export const attemptsOf = `select from anketa.attempts a
  where a.lead = d.lead and a.destination = d.destination and a.revision = d.revision`

/** An attempt `a` whose request may have been taken unnoticed: its end is unknown, or it got no readable answer. */
export const mayHaveArrived = `(a.finished_at is null
  or a.outcome ->> 'mayHaveArrived' = 'true' or a.outcome ->> 'outcome' = 'uncertain')`
