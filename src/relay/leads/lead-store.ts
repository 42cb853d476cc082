import { isDeepStrictEqual } from 'node:util'
import type { PgBoss } from 'pg-boss'
import type { ConsentReceipt } from '../../lead/lead.ts'
import type { LeadValues } from '../../lead/values.ts'
import { toStorableJson } from '../database/connection/storable.ts'
import type { Database, Queryable, Transaction } from '../database/database.ts'
import type { Encryption } from '../database/encryption/encryption.ts'
import { hasRules, planRevision, type RevisionPlan, type Routing } from './routing.ts'
import { exclusionsBefore, recordDecisions, routeByValues, routeStoredLead } from './routing/decisions.ts'
import type { RoutingDecision } from './routing/rules.ts'
import { releaseSlots } from './routing/slots.ts'
import { createFirstJobs, dropDeliveries, queueDeliveries } from './delivery-rows.ts'
import { extendCorrection } from './follow-ups/correction-store.ts'
import { hashLeadId, isSameHash } from '../runtime/hash.ts'
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
import {
  hashContacts,
  insertContactsSql,
  type RevisionContent,
  sealRevision,
  type SealedRevision,
} from '../database/encryption/personal-data.ts'

/** A lead that has passed validation, as it is stored. */
export interface ValidatedLead extends RevisionContent {
  readonly keyHash: string
  readonly form: string
  /** Why the lead looks as if no person had filled it in. */
  readonly suspicions?: readonly string[] | undefined
  /** Who may receive it, for the proof of its consents. */
  readonly recipients?: readonly string[]
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
  /** Whether the lead of an id has been erased. */
  isErased(id: string): Promise<boolean>
  /** Notes that the person has read of field errors again, and has the full time to correct them. */
  extendCorrection(id: string, now: Date): Promise<void>
}

/** Creates the store. */
export function createLeadStore(database: Database, boss: PgBoss, encryption: Encryption): LeadStore {
  return {
    find: (id) => loadLeadState(database, id),
    async isErased(id) {
      const rows = await database.query('select from anketa.erased_leads where id_hash = $1', [
        hashLeadId(id),
      ])
      return rows.length > 0
    },
    extendCorrection: (id, now) => extendCorrection(database, id, now),
    async save(lead, routing, { acknowledges } = { acknowledges: false }) {
      const planned = planNewLead(routing, lead)
      const inserted = await insertLead(database, encryption, lead, planned, routing.subscriptions)
      if (inserted) return inserted
      return database.transaction(async (transaction) => {
        await lockLead(transaction, lead.id)
        const state = await loadLeadState(transaction, lead.id)
        if (!state || state.form !== lead.form || !isSameHash(state.keyHash, lead.keyHash)) return undefined
        const stored = await routeStoredLead(transaction, routing, state)
        const routed = stored && routeByValues(routing, { ...stored.lead, values: lead.values })
        const plan = planRevision(routed?.routing ?? routing, state.deliveries)
        const repeats = await isRepeat(transaction, state, lead)
        if (!plan) return { state, isNew: false, isCurrent: repeats, queued: [] }
        const insists = acknowledges && !isAnswerExpected(state) && hasOnlyWarnings(state)
        if (repeats && !insists) {
          await extendCorrection(transaction, lead.id, lead.receivedAt)
          return { state, isNew: false, isCurrent: true, queued: [] }
        }
        await releaseSlots(
          transaction,
          { lead: lead.id, form: lead.form },
          plan.drop,
          routing,
          lead.receivedAt,
        )
        const after = await storeRevision(
          transaction,
          boss,
          encryption,
          state,
          lead,
          plan,
          routing.subscriptions,
        )
        if (routed) {
          const exclusions = exclusionsBefore(routed, plan.queue)
          await recordDecisions(transaction, after, [], exclusions, lead.receivedAt)
        }
        return { state: after, isNew: false, isCurrent: true, queued: plan.queue }
      })
    },
  }
}

/** The plan for a new lead, and the destinations that its values exclude. */
interface NewLeadPlan {
  readonly plan: RevisionPlan | undefined
  readonly exclusions: readonly RoutingDecision[]
}

function planNewLead(routing: Routing, { id, values }: ValidatedLead): NewLeadPlan {
  if (!hasRules(routing)) return { plan: planRevision(routing, []), exclusions: [] }
  const routed = routeByValues(routing, { id, values, shares: new Map() })
  const plan = planRevision(routed.routing, [])
  return { plan, exclusions: exclusionsBefore(routed, plan?.queue ?? []) }
}

/**
 * Inserts a lead that is new, with its key, first revision, deliveries and jobs. Without a plan it gets no revision. Returns
 * `undefined` if the id has been erased or is stored already: of two posts that arrive together, the second waits here for the first to
 * commit.
 */
async function insertLead(
  database: Queryable,
  encryption: Encryption,
  lead: ValidatedLead,
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
      : `, message as (${insertMessagesSql('(select $2 as revision, $8::timestamptz as at from lead)', 27)})`
  const cipher = encryption.createLeadCipher(id)
  const sealed = sealRevision(lead, cipher, hashContacts(lead.values, encryption.contacts))
  // One statement is a transaction of its own.
  const rows = await database.query(
    `with lead as (
       insert into anketa.leads (id, form, key_hash, revision, status, received_at, suspicions)
       select $1, $14, $15, $2, $18, $8, $24::text[]
       where not exists (select from anketa.erased_leads where id_hash = $21)
       on conflict (id) do nothing returning id
     ), key as (
       insert into anketa.lead_keys (lead, wrapped, key_id) select id, $22, $23 from lead where $22::text is not null
     ), contact as (${insertContactsSql('select id from lead', contactParameters)}
     ), revision as (
       insert into anketa.revisions ${revisionColumns} select ${revisionParameters}, $26 from lead where $2 > 0
     ), to_prove as (
       insert into anketa.consents_to_prove (lead, revision, recipients)
       select id, $2, $25::text[] from lead where $2 > 0 and $4::jsonb <> '[]'::jsonb
     ), queued as (
       select queued.id, queued.data, place
       from lead, unnest($16::uuid[], $17::jsonb[]) with ordinality as queued (id, data, place)
     ), delivery as (
       insert into anketa.deliveries (lead, destination, revision, status, attempts, queued_at, job, received_at)
       select $1, data ->> 'destination', $2, 'waiting', 0, $8, id, $8 from queued order by place
     ), decision as (
       insert into anketa.routing_decisions (lead, revision, destination, rule, decided_at)
       select $1, $2, made.destination, made.rule, $8
       from lead, unnest($19::text[], $20::text[]) with ordinality as made (destination, rule, place)
       order by made.place
     ), job as (${insertFirstJobsSql('select id, data from queued')})${messageSql}
     select from lead`,
    [
      ...revisionValues(sealed, revision),
      form,
      keyHash,
      jobs.map((job) => job.id),
      jobs.map(({ data }) => JSON.stringify(data)),
      status,
      exclusions.map(({ destination }) => destination),
      exclusions.map(({ rule }) => rule),
      hashLeadId(id),
      cipher.wrapped?.wrapped ?? null,
      cipher.wrapped?.keyId ?? null,
      lead.suspicions ?? [],
      lead.recipients ?? null,
      sealed.contacts.name,
      ...(messages.length === 0 ? [] : [JSON.stringify(messages)]),
    ],
  )
  if (rows.length === 0) return undefined
  cipher.keep()
  const state: LeadState = { id, form, keyHash, revision, deliveries: queued.map(queuedDelivery) }
  return { state, isNew: true, isCurrent: true, queued }
}

const revisionColumns = `(lead, revision, "values", consents, attribution, page, widget, received_at, ip, user_agent,
  phone_hash, name_hash)`

const revisionParameters = `$1, $2, $3::jsonb, $4::jsonb, $5::jsonb, $6::jsonb, $7, $8, $9::jsonb, $10::jsonb, $11`

/** The parameters that hold the contacts of a revision. That of the name is the statement's own. */
const contactParameters = { hashes: 12, keyId: 13 }

/** The values of {@link revisionParameters}, and of {@link contactParameters}. */
function revisionValues(sealed: SealedRevision, revision: number): readonly unknown[] {
  return [
    sealed.lead,
    revision,
    sealed.values,
    JSON.stringify(sealed.consents),
    sealed.attribution,
    sealed.page,
    sealed.widget,
    sealed.receivedAt,
    sealed.ip,
    sealed.userAgent,
    sealed.contacts.phone,
    sealed.contacts.hashes,
    sealed.contacts.keyId,
  ]
}

/** Stores the next revision of a lead with its jobs, and returns the lead's state after it. */
async function storeRevision(
  transaction: Transaction,
  boss: PgBoss,
  encryption: Encryption,
  state: LeadState,
  lead: ValidatedLead,
  plan: RevisionPlan,
  subscriptions: Routing['subscriptions'],
): Promise<LeadState> {
  const after = withRevision(state, plan)
  const { revision } = after
  const status = deriveLeadStatus(after)
  const cipher = await encryption.cipherOf(transaction, lead.id)
  const sealed = sealRevision(lead, cipher, hashContacts(lead.values, encryption.contacts))
  await transaction.query(
    `with lead as (
       update anketa.leads set revision = $2, status = $14, own_answer = null, suspicions = $15 where id = $1 returning id
     ), contact as (${insertContactsSql('select id from lead', contactParameters)}
     ), to_prove as (
       insert into anketa.consents_to_prove (lead, revision, recipients)
       select id, $2, $16::text[] from lead where $4::jsonb <> '[]'::jsonb
     )
     insert into anketa.revisions ${revisionColumns} values (${revisionParameters}, $17)`,
    [
      ...revisionValues(sealed, revision),
      status,
      lead.suspicions ?? [],
      lead.recipients ?? null,
      sealed.contacts.name,
    ],
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
  const [row] = await transaction.query<{ values: LeadValues; consents: readonly ConsentReceipt[] }>(
    'select "values", consents from anketa.revisions where lead = $1 and revision = $2',
    [state.id, state.revision],
  )
  if (!row) return false
  // As the database has stored them: without what JSON does not have.
  const values: unknown = JSON.parse(toStorableJson(JSON.stringify(lead.values)))
  return (
    isDeepStrictEqual(row.values, values) &&
    serializeConsents(row.consents) === serializeConsents(lead.consents)
  )
}

/** The documents that were agreed to, regardless of time and order. */
function serializeConsents(consents: readonly ConsentReceipt[]): string {
  const documents = consents.map(({ id, version, documentUrl }) => JSON.stringify([id, version, documentUrl]))
  return [...new Set(documents)].toSorted().join()
}
