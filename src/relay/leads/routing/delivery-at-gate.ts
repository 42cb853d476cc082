import type { LeadValues } from '../../../lead/values.ts'
import type { Queryable } from '../../database/database.ts'
import type { ClaimedDelivery } from '../job-queue.ts'
import { createAttemptsSql, mayHaveArrivedSql } from '../load-lead-state.ts'
import type { Routing } from '../routing.ts'
import { decisionsSql, type RecordedDecision, sharesOf } from './decisions.ts'

/** A delivery that waits for an attempt, with what the rules of its form look at. */
export interface DeliveryAtGate {
  readonly attempts: number
  /** Whether the rules have let it pass. */
  readonly routed: boolean
  /** The day in Moscow whose cap it counts for. */
  readonly slotDay?: string | undefined
  readonly queuedAt: Date
  readonly mayHaveArrived: boolean
  readonly values: LeadValues
  readonly phoneHash?: string | undefined
  readonly decisions: readonly RecordedDecision[]
  readonly shares: ReadonlyMap<string, boolean>
}

interface GateRow {
  readonly attempts: number
  readonly routed: boolean
  readonly slotDay: string | null
  readonly queuedAt: Date
  readonly mayHaveArrived: boolean
  readonly values: LeadValues
  readonly phoneHash: string | null
  readonly decisions: readonly RecordedDecision[]
}

/** Loads the delivery of a job; `undefined` if the job has been superseded or the delivery has been settled. */
export async function loadDeliveryAtGate(
  source: Queryable,
  { lead, destination, revision, claim }: ClaimedDelivery,
  routing: Routing,
): Promise<DeliveryAtGate | undefined> {
  const [row] = await source.query<GateRow>(
    `select d.attempts, d.routed, d.slot_day as "slotDay", d.queued_at as "queuedAt", r."values",
       r.phone_hash as "phoneHash", exists (${createAttemptsSql} and ${mayHaveArrivedSql}) as "mayHaveArrived",
       ${decisionsSql} as decisions
     from anketa.deliveries d join anketa.revisions r on r.lead = d.lead and r.revision = d.revision
     where d.lead = $1 and d.destination = $2 and d.revision = $3 and d.job = $4 and d.status = 'waiting'`,
    [lead, destination, revision, claim.id],
  )
  if (!row) return undefined
  const { slotDay, phoneHash, ...delivery } = row
  return {
    ...delivery,
    slotDay: slotDay ?? undefined,
    phoneHash: phoneHash ?? undefined,
    shares: sharesOf(routing, row.decisions),
  }
}
