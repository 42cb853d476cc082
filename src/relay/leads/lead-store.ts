import type { PgBoss } from 'pg-boss'
import type { Database, Queryable } from '../database/database.ts'
import type { Encryption } from '../database/encryption/encryption.ts'
import { hashContacts, insertContactsSql, sealRevision } from '../database/encryption/personal-data.ts'
import { createMessages, insertMessagesSql } from '../messages/record-messages.ts'
import { eventsOfChange } from '../messages/status-events.ts'
import { hashLeadId, isSameHash } from '../runtime/hash.ts'
import { createFirstJobs } from './delivery-rows.ts'
import { extendCorrection } from './follow-ups/correction-store.ts'
import { insertFirstJobsSql } from './job-queue.ts'
import {
  deriveAnswer,
  deriveLeadStatus,
  isAnswerExpected,
  type LeadState,
  queuedDelivery,
} from './lead-state.ts'
import { loadLeadState, lockLead } from './load-lead-state.ts'
import { isOutdated, isRepeat, noteRepeat, readPhone } from './revisions/repeats.ts'
import { savePartial, toNoDestination } from './revisions/save-partial.ts'
import {
  revisionColumns,
  revisionContactParameters,
  revisionNamesSql,
  revisionParameters,
  revisionValues,
  type SaveResult,
  storeRevision,
  type ValidatedLead,
} from './revisions/store-revision.ts'
import { hasRules, planRevision, type RevisionPlan, type Routing } from './routing.ts'
import { exclusionsBefore, recordDecisions, routeByValues, routeStoredLead } from './routing/decisions.ts'
import type { RoutingDecision } from './routing/rules.ts'
import { releaseSlots } from './routing/slots.ts'

/** The stored leads. */
export interface LeadStore {
  /**
   * Stores a lead and its jobs in one transaction: as a new lead; as a new revision of a lead that a destination can
   * still receive; or not at all, if the values are the same or it is too late. `undefined` if the id belongs to another
   * key or form. With `acknowledges` the same values are a new revision, too, if destinations have only warned about them.
   * A partial lead replaces an earlier partial one, and never one that is finished. What the page sent before the stored
   * revision, or before it sent that again, replaces nothing, but where a correction is waited for.
   */
  save(
    lead: ValidatedLead,
    routing: Routing,
    options?: { readonly acknowledges: boolean },
  ): Promise<SaveResult | undefined>
  /** Whether the lead repeats the current revision of a stored one, and saving it would store nothing. */
  repeats(lead: ValidatedLead, state: LeadState): Promise<boolean>
  find(id: string): Promise<LeadState | undefined>
  /** The canonical phone of a state's revision, if it has one. */
  phoneOf(state: LeadState): Promise<string | undefined>
  /** Whether the lead of an id has been erased. */
  isErased(id: string): Promise<boolean>
  /** Notes that the person has read of field errors again, and has the full time to correct them. */
  extendCorrection(id: string, now: Date): Promise<void>
}

/** Creates the store. */
export function createLeadStore(database: Database, boss: PgBoss, encryption: Encryption): LeadStore {
  return {
    find: (id) => loadLeadState(database, id),
    phoneOf: (state) => readPhone(database, state),
    repeats: async (lead, state) =>
      (lead.partialStep === undefined) === (state.partialStep === undefined) &&
      !mayInsist(state) &&
      (await isRepeat(database, state, lead)),
    isErased: (id) => isErasedIn(database, id),
    extendCorrection: (id, now) => extendCorrection(database, id, now),
    async save(lead, routing, { acknowledges } = { acknowledges: false }) {
      const planned = planNewLead(routing, lead)
      const inserted = await insertLead(database, encryption, lead, planned, routing.subscriptions)
      if (inserted) return inserted
      return database.transaction(async (transaction) => {
        await lockLead(transaction, lead.id)
        const state = await loadLeadState(transaction, lead.id)
        if (!state || state.form !== lead.form || !isSameHash(state.keyHash, lead.keyHash)) return undefined
        if (lead.partialStep !== undefined) {
          const saved = await savePartial(transaction, boss, encryption, state, lead, routing.subscriptions)
          return { ...saved, queued: [] }
        }
        const isFinished = state.partialStep === undefined
        const repeats = isFinished && (await isRepeat(transaction, state, lead))
        if (repeats) await noteRepeat(transaction, encryption, state, lead)
        // A correction is taken in any case: the clock of the person may have been set right meanwhile.
        const isCorrection = deriveAnswer(state).outcome === 'invalid'
        // As if it had arrived in time, and the stored revision had replaced it.
        if (isFinished && !repeats && !isCorrection && (await isOutdated(transaction, state, lead)))
          return { state, change: 'none', isCurrent: true, queued: [] }
        const stored = await routeStoredLead(transaction, routing, state)
        const routed = stored && routeByValues(routing, { ...stored.lead, values: lead.values })
        const plan = planRevision(routed?.routing ?? routing, state.deliveries)
        if (!plan) return { state, change: repeats ? 'repeat' : 'none', isCurrent: repeats, queued: [] }
        const insists = acknowledges && mayInsist(state)
        if (repeats && !insists) {
          await extendCorrection(transaction, lead.id, lead.receivedAt)
          return { state, change: 'repeat', isCurrent: true, queued: [] }
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
        return { state: after, change: 'revision', replaced: state, isCurrent: true, queued: plan.queue }
      })
    },
  }
}

async function isErasedIn(source: Queryable, id: string): Promise<boolean> {
  const rows = await source.query('select from anketa.erased_leads where id_hash = $1', [hashLeadId(id)])
  return rows.length > 0
}

/** The plan for a new lead, and the destinations that its values exclude. */
interface NewLeadPlan {
  readonly plan: RevisionPlan | undefined
  readonly exclusions: readonly RoutingDecision[]
}

function planNewLead(routing: Routing, { id, values, partialStep }: ValidatedLead): NewLeadPlan {
  if (partialStep !== undefined) return { plan: toNoDestination, exclusions: [] }
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
  database: Database,
  encryption: Encryption,
  lead: ValidatedLead,
  { plan, exclusions }: NewLeadPlan,
  subscriptions: Routing['subscriptions'] = [],
): Promise<SaveResult | undefined> {
  const { id, form, keyHash, partialStep } = lead
  const queued = plan?.queue ?? []
  const revision = plan ? 1 : 0
  const jobs = createFirstJobs({ lead: id, form, revision }, queued)
  const status = deriveLeadStatus({
    deliveries: queued.map(queuedDelivery),
    ...(partialStep === undefined ? {} : { partialStep }),
  })
  const occurrences = eventsOfChange(undefined, status).map((event) => ({ event, details: { status } }))
  const messages = createMessages(subscriptions, occurrences)
  const messageSql =
    messages.length === 0
      ? ''
      : `, message as (${insertMessagesSql('(select $2 as revision, $8::timestamptz as at from lead)', 28)})`
  const cipher = encryption.createLeadCipher(id)
  const sealed = sealRevision(lead, cipher, hashContacts(lead.values, encryption.contacts))
  const statement = `with lead as (
       insert into anketa.leads
         (id, form, key_hash, revision, status, received_at, suspicions, partial_step, partial_revisions, day, variant, source)
       select $1, $14, $15, $2, $18, $8, $24::text[], $26, case when $26::text is null then 0 else 1 end,
         ($8::timestamptz at time zone 'Europe/Moscow')::date, ${revisionNamesSql.variant}, ${revisionNamesSql.source}
       where not exists (select from anketa.erased_leads where id_hash = $21)
       on conflict (id) do nothing returning id
     ), key as (
       insert into anketa.lead_keys (lead, wrapped, key_id) select id, $22, $23 from lead where $22::text is not null
     ), contact as (${insertContactsSql('select id from lead', revisionContactParameters)}
     ), revision as (
       insert into anketa.revisions ${revisionColumns} select ${revisionParameters}, $27 from lead where $2 > 0
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
     select from lead`
  const isInserted = await insertUnlessErased(database, id, statement, [
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
    partialStep ?? null,
    sealed.contacts.name,
    ...(messages.length === 0 ? [] : [JSON.stringify(messages)]),
  ])
  if (!isInserted) return undefined
  cipher.keep()
  const state: LeadState = {
    id,
    form,
    keyHash,
    revision,
    deliveries: queued.map(queuedDelivery),
    ...(partialStep === undefined ? {} : { partialStep }),
  }
  return { state, change: 'lead', isCurrent: true, queued }
}

/** Undoes the insertion of a lead that has been erased meanwhile. */
class ErasedError extends Error {
  override readonly name = 'ErasedError'
}

/**
 * Runs the statement that inserts a lead; `false` if it has inserted nothing. In a shared database it may wait for the
 * erasure of the same id to commit, and then inserts without having seen what the erasure stored. So a second statement
 * looks for that, before anybody else sees the lead or its jobs.
 */
async function insertUnlessErased(
  database: Database,
  id: string,
  statement: string,
  parameters: readonly unknown[],
): Promise<boolean> {
  // On a single connection nothing else happens meanwhile. One statement is a transaction of its own.
  if (database.exclusive) return (await database.query(statement, parameters)).length > 0
  try {
    return await database.transaction(async (transaction) => {
      const rows = await transaction.query(statement, parameters)
      if (rows.length > 0 && (await isErasedIn(transaction, id))) throw new ErasedError()
      return rows.length > 0
    })
  } catch (error) {
    if (error instanceof ErasedError) return false
    throw error
  }
}

/** Whether destinations have only warned about the lead: the person may insist on a value with a warning. */
function mayInsist(state: LeadState): boolean {
  const answer = deriveAnswer(state)
  return (
    !isAnswerExpected(state) &&
    answer.outcome === 'invalid' &&
    (answer.issues ?? []).every(({ code }) => code === 'campaign-format')
  )
}
