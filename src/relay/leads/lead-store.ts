import type { PgBoss } from 'pg-boss'
import type { ConsentReceipt, DeliverableLead } from '../../lead/lead.ts'
import type { Database, Queryable, Transaction } from '../database/database.ts'
import { hasRules, planRevision, type RevisionPlan, type Routing } from './routing.ts'
import { exclusionsBefore, recordDecisions, routeByValues, routeStoredLead } from './routing/decisions.ts'
import type { RoutingDecision } from './routing/rules.ts'
import { releaseSlots } from './routing/slots.ts'
import { createFirstJobs, dropDeliveries, queueDeliveries } from './delivery-rows.ts'
import { extendCorrection } from './follow-ups/correction-store.ts'
import { isSameHash } from '../runtime/hash.ts'
import { createMessages, insertMessagesSql, recordStatusChange } from '../messages/record-messages.ts'
import { eventsOfChange } from '../messages/status-events.ts'
import { insertFirstJobsSql } from './job-queue.ts'
import {
  deriveAnswer,
  deriveLeadStatus,
  isAnswerExpected,
  type LeadState,
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
}

/** The result of saving a lead. */
export interface SaveResult {
  readonly state: LeadState
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

/** Creates the store. `hashPhone` hashes a phone so that repeated applications are recognized by it. */
export function createLeadStore(
  database: Database,
  boss: PgBoss,
  hashPhone: (phone: string) => string,
): LeadStore {
  return {
    find: (id) => loadLeadState(database, id),
    extendCorrection: (id, now) => extendCorrection(database, id, now),
    async save(validated, routing, { acknowledges } = { acknowledges: false }) {
      const { phone } = validated.values
      const lead = { ...validated, phoneHash: typeof phone === 'string' ? hashPhone(phone) : null }
      const inserted = await insertLead(database, lead, planNewLead(routing, lead), routing.subscriptions)
      if (inserted) return inserted
      return database.transaction(async (transaction) => {
        await lockLead(transaction, lead.id)
        const state = await loadLeadState(transaction, lead.id)
        if (!state || state.form !== lead.form || !isSameHash(state.keyHash, lead.keyHash)) return undefined
        const stored = await routeStoredLead(transaction, routing, state)
        const routed = stored && routeByValues(routing, { ...stored.lead, values: lead.values })
        const plan = planRevision(routed?.routing ?? routing, state.deliveries)
        const repeats = await isRepeat(transaction, state, lead)
        if (!plan) return { state, isCurrent: repeats, queued: [] }
        const insists = acknowledges && !isAnswerExpected(state) && hasOnlyWarnings(state)
        if (repeats && !insists) {
          await extendCorrection(transaction, lead.id, lead.receivedAt)
          return { state, isCurrent: true, queued: [] }
        }
        await releaseSlots(
          transaction,
          { lead: lead.id, form: lead.form },
          plan.drop,
          routing,
          lead.receivedAt,
        )
        const after = await storeRevision(transaction, boss, state, lead, plan, routing.subscriptions)
        if (routed) {
          const exclusions = exclusionsBefore(routed, plan.queue)
          await recordDecisions(transaction, after, [], exclusions, lead.receivedAt)
        }
        return { state: after, isCurrent: true, queued: plan.queue }
      })
    },
  }
}

/** A lead as it is written, with the hash of its phone. */
interface StoredLead extends ValidatedLead {
  readonly phoneHash: string | null
}

/** The plan for a new lead, and the destinations that its values exclude. */
interface NewLeadPlan {
  readonly plan: RevisionPlan | undefined
  readonly exclusions: readonly RoutingDecision[]
}

function planNewLead(routing: Routing, { id, values }: StoredLead): NewLeadPlan {
  if (!hasRules(routing)) return { plan: planRevision(routing, []), exclusions: [] }
  const routed = routeByValues(routing, { id, values, shares: new Map() })
  const plan = planRevision(routed.routing, [])
  return { plan, exclusions: exclusionsBefore(routed, plan?.queue ?? []) }
}

/**
 * Inserts a lead that is new, with its first revision, deliveries and jobs. Without a plan it gets no revision. Returns
 * `undefined` if the id is stored already: of two posts that arrive together, the second waits here for the first to
 * commit.
 */
async function insertLead(
  database: Queryable,
  lead: StoredLead,
  { plan, exclusions }: NewLeadPlan,
  subscriptions: Routing['subscriptions'] = [],
): Promise<SaveResult | undefined> {
  const { id, form, keyHash } = lead
  const queued = plan?.queue ?? []
  const revision = plan ? 1 : 0
  const jobs = createFirstJobs({ lead: id, form, revision }, queued)
  const status = deriveLeadStatus({ deliveries: queued.map(queuedDelivery) })
  const occurrences = eventsOfChange(undefined, status).map((event) => ({ event, details: { status } }))
  const messages = createMessages(subscriptions, occurrences)
  const messageSql =
    messages.length === 0
      ? ''
      : `, message as (${insertMessagesSql('(select $2 as revision, $8::timestamptz as at from lead)', 19)})`
  // One statement is a transaction of its own.
  const rows = await database.query(
    `with lead as (
       insert into anketa.leads (id, form, key_hash, revision, status, received_at)
       values ($1, $12, $13, $2, $16, $8) on conflict (id) do nothing returning id
     ), revision as (
       insert into anketa.revisions ${revisionColumns} select ${revisionParameters} from lead where $2 > 0
     ), queued as (
       select queued.id, queued.data, place
       from lead, unnest($14::uuid[], $15::jsonb[]) with ordinality as queued (id, data, place)
     ), delivery as (
       insert into anketa.deliveries (lead, destination, revision, status, attempts, queued_at, job)
       select $1, data ->> 'destination', $2, 'waiting', 0, $8, id from queued order by place
     ), decision as (
       insert into anketa.routing_decisions (lead, revision, destination, rule, decided_at)
       select $1, $2, made.destination, made.rule, $8
       from lead, unnest($17::text[], $18::text[]) with ordinality as made (destination, rule, place)
       order by made.place
     ), job as (${insertFirstJobsSql('select id, data from queued')})${messageSql}
     select from lead`,
    [
      ...revisionValues(lead, revision),
      form,
      keyHash,
      jobs.map((job) => job.id),
      jobs.map(({ data }) => JSON.stringify(data)),
      status,
      exclusions.map(({ destination }) => destination),
      exclusions.map(({ rule }) => rule),
      ...(messages.length === 0 ? [] : [JSON.stringify(messages)]),
    ],
  )
  if (rows.length === 0) return undefined
  const state: LeadState = { id, form, keyHash, revision, deliveries: queued.map(queuedDelivery) }
  return { state, isCurrent: true, queued }
}

const revisionColumns = `(lead, revision, "values", consents, attribution, page, widget, received_at, ip, user_agent,
  phone_hash)`

const revisionParameters = `$1, $2, $3::jsonb, $4::jsonb, $5::jsonb, $6::jsonb, $7, $8, $9, $10, $11`

/** The values of {@link revisionParameters}. */
function revisionValues(lead: StoredLead, revision: number): readonly unknown[] {
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
    lead.phoneHash,
  ]
}

/** Stores the next revision of a lead with its jobs, and returns the lead's state after it. */
async function storeRevision(
  transaction: Transaction,
  boss: PgBoss,
  state: LeadState,
  lead: StoredLead,
  plan: RevisionPlan,
  subscriptions: Routing['subscriptions'],
): Promise<LeadState> {
  const after = withRevision(state, plan)
  const { revision } = after
  const status = deriveLeadStatus(after)
  await transaction.query(
    `with lead as (update anketa.leads set revision = $2, status = $12, own_answer = null where id = $1)
     insert into anketa.revisions ${revisionColumns} values (${revisionParameters})`,
    [...revisionValues(lead, revision), status],
  )
  await dropDeliveries(transaction, lead.id, plan.drop)
  await queueDeliveries(
    transaction,
    boss,
    { lead: lead.id, form: lead.form, revision },
    plan.queue,
    lead.receivedAt,
  )
  await recordStatusChange(
    transaction,
    subscriptions,
    { lead: lead.id, revision },
    { before: deriveLeadStatus(state), status },
    lead.receivedAt,
  )
  return after
}

/** The state of a lead after its next revision. */
function withRevision(state: LeadState, { queue, drop }: RevisionPlan): LeadState {
  const { ownAnswer: _, ...unanswered } = state
  const kept = state.deliveries.filter(({ destination }) => !drop.includes(destination))
  // A delivery that is queued again keeps its position; a dropped one loses it.
  const added = queue.filter((key) => !kept.some(({ destination }) => destination === key))
  return {
    ...unanswered,
    revision: state.revision + 1,
    deliveries: [
      ...kept.map((delivery) =>
        queue.includes(delivery.destination) ? queuedDelivery(delivery.destination) : delivery,
      ),
      ...added.map(queuedDelivery),
    ],
  }
}

/** Whether destinations have only warned about the lead: the person may insist on a value with a warning. */
function hasOnlyWarnings(state: LeadState): boolean {
  const answer = deriveAnswer(state)
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
