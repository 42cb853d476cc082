import type { PgBoss } from 'pg-boss'
import { maxChosenName } from '../../database/schema/console-steps.ts'
import type { Transaction } from '../../database/database.ts'
import type { Encryption } from '../../database/encryption/encryption.ts'
import {
  hashContacts,
  insertContactsSql,
  type RevisionContent,
  sealRevision,
  type SealedRevision,
} from '../../database/encryption/personal-data.ts'
import { recordStatusChange } from '../../messages/record-messages.ts'
import { dropDeliveries, queueDeliveries } from '../delivery-rows.ts'
import { deriveLeadStatus, type LeadState, queuedDelivery } from '../lead-state.ts'
import type { RevisionPlan, Routing } from '../routing.ts'

/** A lead that has passed validation, as it is stored. */
export interface ValidatedLead extends RevisionContent {
  readonly keyHash: string
  readonly form: string
  /** Why the lead looks as if no person had filled it in. */
  readonly suspicions?: readonly string[] | undefined
  /** Who may receive it, for the proof of its consents. */
  readonly recipients?: readonly string[]
  /** The step that the person is at, where the lead is not finished. It is stored, and goes to no destination. */
  readonly partialStep?: string | undefined
}

/** The result of saving a lead. */
export interface SaveResult {
  readonly state: LeadState
  /** What was stored: a new lead, a new revision of a stored one, or nothing, as the lead is stored so already or cannot change. */
  readonly change: 'lead' | 'revision' | 'repeat' | 'none'
  /** The state that a new revision of a stored lead has replaced. */
  readonly replaced?: LeadState
  /** Whether the current revision holds the saved values, or newer ones; `false` if it is too late for new ones now. */
  readonly isCurrent: boolean
  /** Keys of the destinations that the saved values have been queued for. */
  readonly queued: readonly string[]
}

/** The columns of a revision. */
export const revisionColumns = `(lead, revision, "values", consents, attribution, page, widget, received_at, ip, user_agent,
  phone_hash, name_hash)`

/** The parameters that hold them, but the hash of the name, which is the statement's own. */
export const revisionParameters = `$1, $2, $3::jsonb, $4::jsonb, $5::jsonb, $6::jsonb, $7, $8, $9::jsonb, $10::jsonb, $11`

/** What the lead keeps of its current revision for statistics, from {@link revisionParameters}. */
export const revisionNamesSql = {
  variant: `coalesce(left($6::jsonb ->> 'variant', ${maxChosenName}), '')`,
  source: `coalesce(left($5::jsonb ->> 'utm_source', ${maxChosenName}), '')`,
} as const

/** The parameters that hold the contacts of a revision. */
export const revisionContactParameters = { hashes: 12, keyId: 13 }

/** The values of {@link revisionParameters}, and of {@link revisionContactParameters}. */
export function revisionValues(sealed: SealedRevision, revision: number): readonly unknown[] {
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
export async function storeRevision(
  transaction: Transaction,
  boss: PgBoss,
  encryption: Encryption,
  state: LeadState,
  lead: ValidatedLead,
  plan: RevisionPlan,
  subscriptions: Routing['subscriptions'],
): Promise<LeadState> {
  const after = withRevision(state, plan, lead.partialStep)
  const { revision } = after
  const status = deriveLeadStatus(after)
  const cipher = await encryption.cipherOf(transaction, lead.id)
  const sealed = sealRevision(lead, cipher, hashContacts(lead.values, encryption.contacts))
  await transaction.query(
    `with lead as (
       update anketa.leads set revision = $2, status = $14, own_answer = null, suspicions = $15, partial_step = $17,
         partial_revisions = partial_revisions + case when $17::text is null then 0 else 1 end,
         variant = ${revisionNamesSql.variant}, source = ${revisionNamesSql.source}
       where id = $1 returning id
     ), contact as (${insertContactsSql('select id from lead', revisionContactParameters)}
     ), to_prove as (
       insert into anketa.consents_to_prove (lead, revision, recipients)
       select id, $2, $16::text[] from lead where $4::jsonb <> '[]'::jsonb
     )
     insert into anketa.revisions ${revisionColumns} values (${revisionParameters}, $18)`,
    [
      ...revisionValues(sealed, revision),
      status,
      lead.suspicions ?? [],
      lead.recipients ?? null,
      lead.partialStep ?? null,
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
function withRevision(
  state: LeadState,
  { queue, drop }: RevisionPlan,
  partialStep: string | undefined,
): LeadState {
  const { ownAnswer: _, partialStep: __, ...unanswered } = state
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
    ...(partialStep === undefined ? {} : { partialStep }),
  }
}
