import type { Attribution } from '../../../lead/attribution.ts'
import type { ConsentReceipt, DeliverableLead } from '../../../lead/lead.ts'
import type { Outcome, OutcomeName, ReceiverProgress } from '../../../lead/outcome.ts'
import type { LeadValues } from '../../../lead/values.ts'
import type { Queryable } from '../../database/database.ts'
import { hashLeadId } from '../../runtime/hash.ts'
import type { LeadState } from '../lead-state.ts'
import { loadLeadState } from '../load-lead-state.ts'
import type { RoutingRule } from '../routing/rules.ts'
import { listAuditOfLead, type StoredAudit } from './audit-log.ts'
import { type ListedLead, loadListedLeads } from './lead-list.ts'

/** A stored version of what a person has entered. */
export interface StoredRevision {
  readonly revision: number
  readonly receivedAt: Date
  readonly values: LeadValues
  readonly consents: readonly ConsentReceipt[]
  readonly attribution: Attribution
  readonly page: DeliverableLead['page']
  readonly widget: string
  readonly address: string | null
  readonly userAgent: string | null
}

/** The receipt of a consent. */
export interface StoredReceipt {
  readonly number: number
  readonly revision: number
  readonly consent: ConsentReceipt
  readonly recipients: readonly string[] | null
  readonly digest: string | null
  readonly batch: number | null
}

/** A delivery as it is stored. */
export interface StoredDelivery {
  readonly destination: string
  readonly revision: number
  readonly outcome: Outcome | null
  readonly queuedAt: Date
  readonly settledAt: Date | null
}

/** A call as it is stored. */
export interface StoredAttempt {
  readonly destination: string
  readonly revision: number
  readonly number: number
  readonly operation: 'create' | 'confirm'
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly outcome: {
    readonly outcome: OutcomeName
    readonly reason?: string
    readonly mayHaveArrived?: boolean
  } | null
}

/** What a provider said about its receivers. */
export interface StoredProgress {
  readonly destination: string
  readonly seenAt: Date
  readonly progress: readonly ReceiverProgress[]
}

/** A decision of a form's rules. */
export interface StoredDecision {
  readonly revision: number
  readonly destination: string
  readonly rule: RoutingRule
  readonly decidedAt: Date
}

/** A notification or a postback. */
export interface StoredMessage {
  readonly kind: 'notification' | 'postback'
  readonly receiver: string
  readonly event: string
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed' | 'uncertain'
  readonly attempts: number
  readonly createdAt: Date
  readonly endedAt: Date | null
  readonly reason: string | null
}

/** Everything that is stored of a lead. Nothing is masked. */
export interface StoredLeadDetails {
  readonly listed: ListedLead
  readonly leadNumber: number
  readonly state: LeadState
  readonly revisions: readonly StoredRevision[]
  readonly receipts: readonly StoredReceipt[]
  readonly deliveries: readonly StoredDelivery[]
  readonly attempts: readonly StoredAttempt[]
  readonly progress: readonly StoredProgress[]
  readonly decisions: readonly StoredDecision[]
  readonly messages: readonly StoredMessage[]
  readonly audit: readonly StoredAudit[]
}

/** Loads the revisions of a lead, the oldest first. `source` returns decrypted values. */
export async function loadRevisions(source: Queryable, id: string): Promise<readonly StoredRevision[]> {
  return source.query<StoredRevision>(
    `select revision, received_at as "receivedAt", "values", consents, attribution, page, widget, ip as address,
       user_agent as "userAgent" from anketa.revisions where lead = $1 order by revision`,
    [id],
  )
}

/** Loads everything that is stored of a lead; `undefined` if there is no such lead. `source` returns decrypted values. */
export async function loadLeadDetails(source: Queryable, id: string): Promise<StoredLeadDetails | undefined> {
  const [listed] = await loadListedLeads(source, [id])
  const state = await loadLeadState(source, id)
  const [numbered] = await source.query<{ readonly number: number }>(
    'select number::float8 as number from anketa.leads where id = $1',
    [id],
  )
  if (!listed || !state || !numbered) return undefined
  return {
    listed,
    leadNumber: numbered.number,
    state,
    revisions: await loadRevisions(source, id),
    receipts: await source.query<StoredReceipt>(
      `select number::float8 as number, revision, consent, recipients, digest, batch::float8 as batch
       from anketa.consent_proofs where lead_hash = $1 order by number`,
      [hashLeadId(id)],
    ),
    deliveries: await source.query<StoredDelivery>(
      `select destination, revision, outcome, queued_at as "queuedAt", settled_at as "settledAt"
       from anketa.deliveries where lead = $1 order by position`,
      [id],
    ),
    attempts: await source.query<StoredAttempt>(
      `select destination, revision, number, operation, started_at as "startedAt", finished_at as "finishedAt", outcome
       from anketa.attempts where lead = $1 order by started_at, revision, number`,
      [id],
    ),
    progress: await source.query<StoredProgress>(
      `select destination, seen_at as "seenAt", progress from anketa.progress
       where lead = $1 order by destination, number`,
      [id],
    ),
    decisions: await source.query<StoredDecision>(
      `select revision, destination, rule, decided_at as "decidedAt" from anketa.routing_decisions
       where lead = $1 order by number`,
      [id],
    ),
    messages: await source.query<StoredMessage>(
      `select kind, receiver, event, state, attempts, created_at as "createdAt", ended_at as "endedAt", reason
       from anketa.messages where lead = $1 order by position`,
      [id],
    ),
    audit: await listAuditOfLead(source, id),
  }
}
