import type { PgBoss } from 'pg-boss'
import type { ConsentReceipt, DeliverableLead } from '../../lead/lead.ts'
import type { Database, Transaction } from '../database/database.ts'
import { planRevision, type RevisionPlan, type Routing } from './routing.ts'
import { dropDelivery, queueDelivery } from './delivery-rows.ts'
import { isSameHash } from '../hash.ts'
import { deriveAnswer, type LeadState, type LeadStatus, queuedDelivery } from './lead-state.ts'
import { loadLeadState, lockLead } from './load-lead-state.ts'

/** A lead that has passed validation, as it is stored. */
export interface ValidatedLead extends DeliverableLead {
  readonly id: string
  readonly keyHash: string
  readonly form: string
  readonly widget: string
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
}

/** The result of saving a lead. */
export interface SaveResult {
  readonly state: LeadState
  /** Whether the current revision holds the saved values; `false` if it is too late for new values at this time. */
  readonly isCurrent: boolean
}

/** The stored leads. */
export interface LeadStore {
  /**
   * Stores a lead and its jobs in one transaction: as a new lead; as a new revision of a lead that a destination can
   * still receive; or not at all, if the values are the same or it is too late. `undefined` if the id belongs to another
   * key or form. With `resubmitted` the same values are a new revision, too, if destinations have only warned about them.
   */
  save(
    lead: ValidatedLead,
    routing: Routing,
    options?: { readonly resubmitted: boolean },
  ): Promise<SaveResult | undefined>
  find(id: string): Promise<LeadState | undefined>
}

/** Creates the store. */
export function createLeadStore(database: Database, boss: PgBoss): LeadStore {
  return {
    find: (id) => loadLeadState(database, id),
    save: (lead, routing, { resubmitted } = { resubmitted: false }) =>
      database.transaction(async (transaction) => {
        const first = planRevision(routing, [])
        if (await insertLead(transaction, lead, first ? 1 : 0, statusOf(first, []))) {
          const { id, form, keyHash } = lead
          const stored: LeadState = { id, form, keyHash, revision: 0, deliveries: [] }
          if (!first) return { state: stored, isCurrent: true }
          return { state: await storeRevision(transaction, boss, stored, lead, first), isCurrent: true }
        }
        await lockLead(transaction, lead.id)
        const state = await loadLeadState(transaction, lead.id)
        if (!state || state.form !== lead.form || !isSameHash(state.keyHash, lead.keyHash)) return undefined
        const plan = planRevision(routing, state.deliveries)
        const repeats = await isRepeat(transaction, state, lead)
        if (!plan) return { state, isCurrent: repeats }
        const acknowledges = resubmitted && hasOnlyWarnings(state)
        if (repeats && !acknowledges) return { state, isCurrent: true }
        const status = statusOf(plan, state.deliveries)
        await updateRevision(transaction, lead.id, state.revision + 1, status)
        return { state: await storeRevision(transaction, boss, state, lead, plan), isCurrent: true }
      }),
  }
}

/** Inserts a lead that is new. Of two posts that arrive together, the second waits here for the first to commit. */
async function insertLead(
  transaction: Transaction,
  lead: ValidatedLead,
  revision: number,
  status: LeadStatus,
): Promise<boolean> {
  const rows = await transaction.query(
    `insert into anketa.leads (id, form, key_hash, revision, status, received_at)
     values ($1, $2, $3, $4, $6, $5) on conflict (id) do nothing returning number`,
    [lead.id, lead.form, lead.keyHash, revision, lead.receivedAt, status],
  )
  return rows.length > 0
}

async function updateRevision(
  transaction: Transaction,
  id: string,
  revision: number,
  status: LeadStatus,
): Promise<void> {
  await transaction.query(`update anketa.leads set revision = $2, status = $3 where id = $1`, [
    id,
    revision,
    status,
  ])
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
  for (const destination of drop) await dropDelivery(transaction, { lead: lead.id, destination })
  for (const destination of queue) {
    await queueDelivery(transaction, boss, { lead: lead.id, destination, revision }, lead.receivedAt)
  }
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
