import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import type { FieldIssue } from '../../../lead/issue.ts'
import type { Database, Queryable, Transaction } from '../../database/database.ts'
import { queueFollower, withStep } from './followers.ts'
import {
  type CorrectionJob,
  correctionMs,
  correctionQueue,
  type JobClaim,
  sendCorrectionJob,
  sendDeliveryJobs,
} from '../job-queue.ts'
import { type DeliveryState, deriveLeadStatus, type LeadState } from '../lead-state.ts'
import { loadLeadState, lockLead } from '../load-lead-state.ts'
import { recordStatusChange } from '../../messages/record-messages.ts'
import { afterGivingUp, type NextStep, type Routing } from '../routing.ts'
import { recordEndOfRouting, routeStoredLead } from '../routing/decisions.ts'

/** A delivery whose field error nobody has corrected, and what follows. */
export interface UncorrectedDelivery {
  readonly form: string
  /** The names of the fields. */
  readonly fields: readonly string[]
  readonly status: DeliveryState['status']
  readonly next?: string | undefined
  readonly state: LeadState
}

/** Deliveries that wait for a person's correction. */
export interface CorrectionStore {
  /**
   * Gives up waiting for a correction: the next destination is asked, the lead is sent as it is where there were only
   * warnings, or the delivery has failed. Ends the job. `undefined` if nothing waits, or not for long enough.
   */
  giveUp(
    job: CorrectionJob,
    claim: JobClaim,
    routingFor: (form: string) => Routing,
    now: Date,
  ): Promise<UncorrectedDelivery | undefined>
}

/** Creates the store. */
export function createCorrectionStore(database: Database, boss: PgBoss): CorrectionStore {
  return {
    giveUp: (job, claim, routingFor, now) =>
      database.transaction(async (transaction) => {
        await lockLead(transaction, job.lead)
        const result = await giveUp(transaction, boss, job, routingFor, now)
        await boss.complete(correctionQueue, claim, null, { db: transaction.jobs })
        return result
      }),
  }
}

/** A delivery that waits for a correction. */
const awaitsCorrectionSql = `status = 'decided' and outcome ->> 'outcome' = 'invalid'`

/** Notes that the person has read of the errors again: they have the full time from now on. */
export async function extendCorrection(source: Queryable, lead: string, now: Date): Promise<void> {
  await source.query(
    `update anketa.deliveries set settled_at = $2 where lead = $1 and ${awaitsCorrectionSql}`,
    [lead, now],
  )
}

async function giveUp(
  transaction: Transaction,
  boss: PgBoss,
  job: CorrectionJob,
  routingFor: (form: string) => Routing,
  now: Date,
): Promise<UncorrectedDelivery | undefined> {
  const { lead, destination, revision } = job
  const [row] = await transaction.query<{ answeredAt: Date }>(
    `select settled_at as "answeredAt" from anketa.deliveries
     where lead = $1 and destination = $2 and revision = $3 and ${awaitsCorrectionSql}`,
    [lead, destination, revision],
  )
  const state = row && (await loadLeadState(transaction, lead))
  const delivery = state?.deliveries.find((candidate) => candidate.destination === destination)
  if (!state || !delivery) return undefined
  const routing = routingFor(state.form)
  // A form that this relay does not serve now may be another one's, or come back.
  const left =
    routing.destinations.length === 0 ? correctionMs : row.answeredAt.getTime() + correctionMs - now.getTime()
  // The clock may have been set back; nobody waits for longer than the full time.
  if (left > 0) {
    await sendCorrectionJob(boss, transaction, job, Math.ceil(Math.min(left, correctionMs) / 1000))
    return undefined
  }
  const issues = delivery.outcome?.outcome === 'invalid' ? delivery.outcome.issues : []
  const routed = await routeStoredLead(transaction, routing, state)
  const step = findStep(state, delivery, issues, routed?.routing ?? routing)
  const after = withStep(state, { ...delivery, status: step.status }, step)
  const status = deriveLeadStatus(after)
  const id = randomUUID()
  await transaction.query(
    `with delivery as (
       update anketa.deliveries set status = $4, settled_at = $5, job = case when $4 = 'waiting' then $7::uuid else job end,
         queued_at = case when $4 = 'waiting' then $5 else queued_at end
       where lead = $1 and destination = $2 and revision = $3
     )
     update anketa.leads set status = $6 where id = $1`,
    [lead, destination, revision, step.status, now, status, id],
  )
  await recordStatusChange(
    transaction,
    routing.subscriptions,
    { ...state, lead },
    { before: deriveLeadStatus(state), status, destination, reason: 'nobody corrected the values' },
    now,
  )
  const { form } = state
  if (step.status === 'failed') await recordEndOfRouting(transaction, routed, after, now)
  if (step.status === 'waiting') {
    const data = { lead, destination, revision, form, attempted: true }
    await sendDeliveryJobs(boss, transaction, [{ id, data }])
  }
  return {
    status: step.status,
    next: step.next ?? step.again,
    form,
    fields: issues.map(({ field }) => field),
    state: await queueFollower(transaction, boss, after, step, now),
  }
}

function findStep(
  state: LeadState,
  delivery: DeliveryState,
  issues: readonly FieldIssue[],
  routing: Routing,
): NextStep {
  // A value with a warning may be sent as it is.
  if (issues.every(({ code }) => code === 'campaign-format')) return { status: 'waiting' }
  const others = state.deliveries.filter((other) => other !== delivery)
  return afterGivingUp(routing, delivery.destination, others)
}
