import type { PgBoss } from 'pg-boss'
import type { ConsentReceipt, DeliverableLead } from '../../lead/lead.ts'
import type { Database, Transaction } from '../database/database.ts'
import { planRevision, type RevisionPlan, type Routing } from './routing.ts'
import { dropDelivery, queueDelivery } from './delivery-rows.ts'
import { isSameHash } from '../hash.ts'
import { deriveAnswer, type LeadState } from './lead-state.ts'
import { loadLeadState } from './load-lead-state.ts'

/** A lead that has been checked, as it is to be stored. */
export interface ValidatedLead extends DeliverableLead {
  readonly id: string
  readonly keyHash: string
  readonly form: string
  readonly widget: string
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
}

/** What came of a lead that was received. */
export interface SaveResult {
  readonly state: LeadState
  /** Whether the current revision holds what was received; otherwise it was too late for that, so far. */
  readonly isCurrent: boolean
}

/** Leads as they are received and asked for. */
export interface LeadStore {
  /**
   * Stores a lead and its jobs in one transaction: a new lead, a new revision of one that nobody has yet (or that
   * somebody waits for, though others have it), or nothing if there is nothing new or it is too late. `undefined` when
   * the id belongs to another key or form. Who `insists` sends the same again after a destination's remarks: that is a
   * revision, too.
   */
  save(
    lead: ValidatedLead,
    route: Routing,
    how?: { readonly insists: boolean },
  ): Promise<SaveResult | undefined>
  find(id: string): Promise<LeadState | undefined>
}

/** Makes the store. */
export function createLeadStore(database: Database, boss: PgBoss): LeadStore {
  return {
    find: (id) => loadLeadState(database, id),
    save: (lead, route, { insists } = { insists: false }) =>
      database.transaction(async (transaction) => {
        if (await insertLead(transaction, lead)) {
          const plan = planRevision(route, [])
          if (plan) await storeRevision(transaction, boss, lead, 1, plan)
          return toSaveResult(await loadLeadState(transaction, lead.id), true)
        }
        const state = await loadLeadState(transaction, lead.id, 'for update of l')
        if (!state || state.form !== lead.form || !isSameHash(state.keyHash, lead.keyHash)) return undefined
        const plan = planRevision(route, state.deliveries)
        const repeats = await isRepeat(transaction, state, lead)
        if (!plan) return { state, isCurrent: repeats }
        const answers = insists && hasOnlyWarnings(state)
        if (repeats && !answers) return { state, isCurrent: true }
        await storeRevision(transaction, boss, lead, state.revision + 1, plan)
        return toSaveResult(await loadLeadState(transaction, lead.id), true)
      }),
  }
}

function toSaveResult(state: LeadState | undefined, isCurrent: boolean): SaveResult | undefined {
  return state && { state, isCurrent }
}

/** Of two posts that arrive together one inserts, and the other waits here until it has. */
async function insertLead(transaction: Transaction, lead: ValidatedLead): Promise<boolean> {
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
  lead: ValidatedLead,
  revision: number,
  { queue, drop }: RevisionPlan,
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
  for (const destination of drop) await dropDelivery(transaction, { lead: lead.id, destination })
  for (const destination of queue) {
    await queueDelivery(transaction, boss, { lead: lead.id, destination, revision }, lead.receivedAt)
  }
}

/** Whether all that stands in a lead's way are remarks, which whoever means it may pass over. */
function hasOnlyWarnings({ deliveries }: LeadState): boolean {
  const answer = deriveAnswer(deliveries)
  return answer.outcome === 'invalid' && (answer.issues ?? []).every(({ code }) => code === 'campaign-format')
}

/** Whether a post brings nothing new: the same values, and consents to the same documents. */
async function isRepeat(transaction: Transaction, state: LeadState, lead: ValidatedLead): Promise<boolean> {
  const [row] = await transaction.query<{ same: boolean; consents: readonly ConsentReceipt[] }>(
    `select "values" = $3::jsonb as same, consents from anketa.revisions where lead = $1 and revision = $2`,
    [state.id, state.revision, JSON.stringify(lead.values)],
  )
  return row !== undefined && row.same && serializeConsents(row.consents) === serializeConsents(lead.consents)
}

/** What was agreed to, whenever it was ticked and in whatever order. */
function serializeConsents(consents: readonly ConsentReceipt[]): string {
  const documents = consents.map(({ id, version, documentUrl }) => JSON.stringify([id, version, documentUrl]))
  return [...new Set(documents)].toSorted().join()
}
