import type { PgBoss } from 'pg-boss'
import type { ConsentReceipt, DeliverableLead } from '../../lead/lead.ts'
import type { Database, Queryable, Transaction } from '../database/database.ts'
import { planRevision, type RevisionPlan, type Routing } from './routing.ts'
import { createFirstJobs, dropDeliveries, queueDeliveries } from './delivery-rows.ts'
import { extendCorrection } from './follow-ups/correction-store.ts'
import { isSameHash } from '../hash.ts'
import { insertFirstJobsSql } from './job-queue.ts'
import {
  deriveAnswer,
  isAnswerExpected,
  type LeadState,
  type LeadStatus,
  queuedDelivery,
} from './lead-state.ts'
import { loadLeadState, lockLead } from './load-lead-state.ts'

/** A lead that has passed validation, as it is stored. */
export interface ValidatedLead extends DeliverableLead {
  readonly id: string
  readonly keyHash: string
  readonly form: string
  readonly widget: string
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
  /** Why the lead looks as if no person had filled it in. */
  readonly suspicions?: readonly string[] | undefined
}

/** The result of saving a lead. */
export interface SaveResult {
  readonly state: LeadState
  /** Whether the id was not stored before. */
  readonly isNew: boolean
  /** Whether the current revision holds the saved values; `false` if it is too late for new values at this time. */
  readonly isCurrent: boolean
  /** Keys of the destinations that the saved values have been queued for. */
  readonly queued: readonly string[]
}

/** The stored leads. */
export interface LeadStore {
  /**
   * Stores a lead and its jobs in one transaction: as a new lead; as a new revision of a lead that a destination can
   * still receive; or not at all, if the values are the same or it is too late. `undefined` if the id belongs to another
   * key or form. With `acknowledges` the same values are a new revision, too, if destinations have only warned about them.
   */
  save(
    lead: ValidatedLead,
    routing: Routing,
    options?: { readonly acknowledges: boolean },
  ): Promise<SaveResult | undefined>
  find(id: string): Promise<LeadState | undefined>
  /** Notes that the person has read of field errors again, and has the full time to correct them. */
  extendCorrection(id: string, now: Date): Promise<void>
}

/** Creates the store. */
export function createLeadStore(database: Database, boss: PgBoss): LeadStore {
  return {
    find: (id) => loadLeadState(database, id),
    extendCorrection: (id, now) => extendCorrection(database, id, now),
    save: async (lead, routing, { acknowledges } = { acknowledges: false }) =>
      (await insertLead(database, lead, planRevision(routing, []))) ??
      database.transaction(async (transaction) => {
        await lockLead(transaction, lead.id)
        const state = await loadLeadState(transaction, lead.id)
        if (!state || state.form !== lead.form || !isSameHash(state.keyHash, lead.keyHash)) return undefined
        const plan = planRevision(routing, state.deliveries)
        const repeats = await isRepeat(transaction, state, lead)
        if (!plan) return { state, isNew: false, isCurrent: repeats, queued: [] }
        const insists = acknowledges && !isAnswerExpected(state) && hasOnlyWarnings(state)
        if (repeats && !insists) {
          await extendCorrection(transaction, lead.id, lead.receivedAt)
          return { state, isNew: false, isCurrent: true, queued: [] }
        }
        const after = await storeRevision(transaction, boss, state, lead, plan)
        return { state: after, isNew: false, isCurrent: true, queued: plan.queue }
      }),
  }
}

/**
 * Inserts a lead that is new, with its first revision, deliveries and jobs. Without a plan it gets no revision. Returns
 * `undefined` if the id is stored already: of two posts that arrive together, the second waits here for the first to
 * commit.
 */
async function insertLead(
  database: Queryable,
  lead: ValidatedLead,
  plan: RevisionPlan | undefined,
): Promise<SaveResult | undefined> {
  const { id, form, keyHash } = lead
  const queued = plan?.queue ?? []
  const revision = plan ? 1 : 0
  const jobs = createFirstJobs({ lead: id, form, revision }, queued)
  // One statement is a transaction of its own.
  const rows = await database.query(
    `with lead as (
       insert into anketa.leads (id, form, key_hash, revision, status, received_at, suspicions)
       values ($1, $11, $12, $2, $15, $8, $16) on conflict (id) do nothing returning id
     ), revision as (
       insert into anketa.revisions ${revisionColumns} select ${revisionParameters} from lead where $2 > 0
     ), queued as (
       select queued.id, queued.data, place
       from lead, unnest($13::uuid[], $14::jsonb[]) with ordinality as queued (id, data, place)
     ), delivery as (
       insert into anketa.deliveries (lead, destination, revision, status, attempts, queued_at, job)
       select $1, data ->> 'destination', $2, 'waiting', 0, $8, id from queued order by place
     ), job as (${insertFirstJobsSql('select id, data from queued')})
     select from lead`,
    [
      ...revisionValues(lead, revision),
      form,
      keyHash,
      jobs.map((job) => job.id),
      jobs.map(({ data }) => JSON.stringify(data)),
      statusOf(plan, []),
      lead.suspicions ?? [],
    ],
  )
  if (rows.length === 0) return undefined
  const state: LeadState = { id, form, keyHash, revision, deliveries: queued.map(queuedDelivery) }
  return { state, isNew: true, isCurrent: true, queued }
}

const revisionColumns = `(lead, revision, "values", consents, attribution, page, widget, received_at, ip, user_agent)`

const revisionParameters = `$1, $2, $3::jsonb, $4::jsonb, $5::jsonb, $6::jsonb, $7, $8, $9, $10`

/** The values of {@link revisionParameters}. */
function revisionValues(lead: ValidatedLead, revision: number): readonly unknown[] {
  return [
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
  ]
}

/** The status of a lead whose next revision is stored: a form without destinations only stores. */
function statusOf(plan: RevisionPlan | undefined, deliveries: readonly unknown[]): LeadStatus {
  return plan?.queue.length === 0 && deliveries.length === 0 ? 'stored' : 'queued'
}

/** Stores the next revision of a lead with its jobs, and returns the lead's state after it. */
async function storeRevision(
  transaction: Transaction,
  boss: PgBoss,
  state: LeadState,
  lead: ValidatedLead,
  { queue, drop }: RevisionPlan,
): Promise<LeadState> {
  const revision = state.revision + 1
  await transaction.query(
    `with lead as (update anketa.leads set revision = $2, status = $11, suspicions = $12 where id = $1)
     insert into anketa.revisions ${revisionColumns} values (${revisionParameters})`,
    [...revisionValues(lead, revision), statusOf({ queue, drop }, state.deliveries), lead.suspicions ?? []],
  )
  await dropDeliveries(transaction, lead.id, drop)
  await queueDeliveries(
    transaction,
    boss,
    { lead: lead.id, form: lead.form, revision },
    queue,
    lead.receivedAt,
  )
  // A delivery that is queued again keeps its position; a dropped one loses it.
  const kept = state.deliveries.filter(({ destination }) => !drop.includes(destination))
  const added = queue.filter((key) => !kept.some(({ destination }) => destination === key))
  return {
    ...state,
    revision,
    deliveries: [
      ...kept.map((delivery) =>
        queue.includes(delivery.destination) ? queuedDelivery(delivery.destination) : delivery,
      ),
      ...added.map(queuedDelivery),
    ],
  }
}

/** Whether destinations have only warned about the lead: the person may insist on a value with a warning. */
function hasOnlyWarnings({ deliveries }: LeadState): boolean {
  const answer = deriveAnswer(deliveries)
  return answer.outcome === 'invalid' && (answer.issues ?? []).every(({ code }) => code === 'campaign-format')
}

/** Whether a post repeats the current revision: the same values, and consents to the same documents. */
async function isRepeat(transaction: Transaction, state: LeadState, lead: ValidatedLead): Promise<boolean> {
  const [row] = await transaction.query<{ same: boolean; consents: readonly ConsentReceipt[] }>(
    `select "values" = $3::jsonb as same, consents from anketa.revisions where lead = $1 and revision = $2`,
    [state.id, state.revision, JSON.stringify(lead.values)],
  )
  return row !== undefined && row.same && serializeConsents(row.consents) === serializeConsents(lead.consents)
}

/** The documents that were agreed to, regardless of time and order. */
function serializeConsents(consents: readonly ConsentReceipt[]): string {
  const documents = consents.map(({ id, version, documentUrl }) => JSON.stringify([id, version, documentUrl]))
  return [...new Set(documents)].toSorted().join()
}
