import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import type { Database, Transaction } from '../../database/database.ts'
import type { Encryption } from '../../database/encryption/encryption.ts'
import { sealOutcome } from '../../database/encryption/personal-data.ts'
import { changeLeadStatus } from '../delivery-rows.ts'
import { deliveryQueue, sendDeliveryJobs } from '../job-queue.ts'
import { type DeliveryState, deriveLeadStatus, type LeadState, mayHaveLead } from '../lead-state.ts'
import { loadLeadState, lockLead, mayHaveArrivedSql } from '../load-lead-state.ts'
import { findDestination, type Routing } from '../routing.ts'
import { wakeSamePhone } from '../routing/phone-turns.ts'
import { releaseSlots } from '../routing/slots.ts'
import { recordAudit } from './audit-log.ts'

/** Who asks for a change, and when. */
export interface OperatorRequest {
  readonly user: string
  readonly now: Date
}

/** The result of a change that an operator asks for. */
export type OperatorResult =
  /** The lead's state after it, and the stored keys of the destinations that it is about. */
  | { readonly state: LeadState; readonly destinations: readonly string[] }
  | { readonly refusal: 'unknown-lead' | 'not-retriable' | 'not-resolvable' }

/** What operators do with the deliveries of a lead. Each change is checked and made under the lead's lock. */
export interface OperatorActions {
  /** Sends a lead again: to one destination, or to those that may get it. */
  retry(lead: string, destination: string | undefined, request: OperatorRequest): Promise<OperatorResult>
  /** Ends the doubt whether an unanswered request has arrived. */
  resolve(
    lead: string,
    destination: string,
    arrived: boolean,
    request: OperatorRequest,
  ): Promise<OperatorResult>
}

/** What the actions depend on. */
export interface OperatorActionsDeps {
  /** The database that returns decrypted values. */
  readonly database: Database
  readonly boss: PgBoss
  readonly encryption: Pick<Encryption, 'cipherOf'>
  readonly routingFor: (form: string) => Routing
}

/**
 * Whether a delivery may be sent again. It is waiting, was given up, or was refused for what the operator configured. Where
 * one destination after the other is asked, no other one may have the lead, wait for it or wait for the person. What is
 * being sent, and what may have arrived, is not sent again.
 */
export function canRetry(routing: Routing, state: LeadState, delivery: DeliveryState): boolean {
  const { destination, status, outcome, running, mayHaveArrived } = delivery
  if (running || !findDestination(routing.destinations, destination)) return false
  const isRefused = status === 'passed' && outcome?.outcome === 'refused' && !mayHaveArrived
  if (status !== 'waiting' && status !== 'failed' && !isRefused) return false
  if (routing.mode === 'all' || status === 'waiting') return true
  const others = state.deliveries.filter((other) => other !== delivery)
  return !others.some(
    (other) =>
      other.status === 'waiting' ||
      (other.status !== 'passed' && mayHaveLead(other)) ||
      (other.status === 'decided' &&
        (other.outcome?.outcome === 'verification' || other.outcome?.outcome === 'invalid')),
  )
}

/** Whether nobody knows if a delivery has arrived, so that the operator has to find out. */
export function canResolve({ status, running }: DeliveryState): boolean {
  return status === 'uncertain' && !running
}

/** Creates the actions. */
export function createOperatorActions(deps: OperatorActionsDeps): OperatorActions {
  const { database, boss, routingFor } = deps
  return {
    retry: (lead, destination, { user, now }) =>
      database.transaction(async (transaction): Promise<OperatorResult> => {
        await lockLead(transaction, lead)
        const state = await loadLeadState(transaction, lead)
        if (!state) return { refusal: 'unknown-lead' }
        const routing = routingFor(state.form)
        const chosen = chooseRetried(routing, state, destination)
        if (chosen.length === 0) return { refusal: 'not-retriable' }
        const destinations = chosen.map((delivery) => delivery.destination)
        await recordAudit(
          transaction,
          { user, action: 'retry', lead, details: { destination: destinations.join(', ') } },
          now,
        )
        for (const delivery of chosen) await queueRetry(transaction, boss, state, delivery, now)
        const after = await loadLeadState(transaction, lead)
        if (!after) return { refusal: 'unknown-lead' }
        const status = deriveLeadStatus(after)
        await changeLeadStatus(transaction, routing, { lead, revision: state.revision }, { status }, now)
        return { state: after, destinations }
      }),

    resolve: (lead, destination, arrived, request) =>
      database.transaction(async (transaction): Promise<OperatorResult> => {
        await lockLead(transaction, lead)
        const state = await loadLeadState(transaction, lead)
        if (!state) return { refusal: 'unknown-lead' }
        const delivery = state.deliveries.find((candidate) => candidate.destination === destination)
        if (!delivery || !canResolve(delivery)) return { refusal: 'not-resolvable' }
        return resolve(transaction, deps, state, { destination, arrived }, request)
      }),
  }
}

/** The deliveries that are sent again. Where one destination after the other is asked, that is at most one. */
function chooseRetried(
  routing: Routing,
  state: LeadState,
  destination: string | undefined,
): readonly DeliveryState[] {
  const possible = state.deliveries.filter(
    (delivery) =>
      (destination === undefined || delivery.destination === destination) &&
      canRetry(routing, state, delivery),
  )
  if (routing.mode === 'all' || possible.length < 2) return possible
  const given = ['waiting', 'failed', 'passed'] as const
  const [status] = given.filter((name) => possible.some((delivery) => delivery.status === name))
  return possible.filter((delivery) => delivery.status === status).slice(-1)
}

async function queueRetry(
  transaction: Transaction,
  boss: PgBoss,
  { id: lead, form, revision }: LeadState,
  { destination, status, attempts }: DeliveryState,
  now: Date,
): Promise<void> {
  if (status === 'waiting') {
    // The job that waits is the only one: pressed twice, it is due once.
    await transaction.query(
      `update pgboss.job set start_after = pgboss.job_now() where name = '${deliveryQueue}' and state < 'active'
         and id = (select job from anketa.deliveries where lead = $1 and destination = $2)`,
      [lead, destination],
    )
    return
  }
  const id = randomUUID()
  // Its week begins again, and so does the look at the rules of its form.
  const [row] = await transaction.query<{ readonly revision: number }>(
    `update anketa.deliveries set status = 'waiting', job = $3, queued_at = $4, blocked_until = null, routed = false
     where lead = $1 and destination = $2 returning revision`,
    [lead, destination, id, now],
  )
  const data = { lead, destination, revision: row?.revision ?? revision, form, attempted: attempts > 0 }
  await sendDeliveryJobs(boss, transaction, [{ id, data }])
}

async function resolve(
  transaction: Transaction,
  { encryption, routingFor }: OperatorActionsDeps,
  { id: lead, form, revision }: LeadState,
  { destination, arrived }: { readonly destination: string; readonly arrived: boolean },
  { user, now }: OperatorRequest,
): Promise<OperatorResult> {
  const routing = routingFor(form)
  await recordAudit(transaction, { user, action: 'resolve', lead, details: { destination, arrived } }, now)
  if (arrived) {
    const cipher = await encryption.cipherOf(transaction, lead)
    await transaction.query(
      `update anketa.deliveries set status = 'decided', outcome = $3::jsonb, settled_at = $4
       where lead = $1 and destination = $2`,
      [lead, destination, sealOutcome({ outcome: 'accepted' }, cipher), now],
    )
  } else {
    // What is encrypted stays: its clear members, which are what statements look at, are replaced.
    const notArrived = JSON.stringify({ outcome: 'unavailable', mayHaveArrived: false })
    await transaction.query(
      `update anketa.attempts a set finished_at = coalesce(a.finished_at, $4),
         outcome = coalesce(a.outcome, '{"reason": "the relay was stopped meanwhile"}'::jsonb) || $3::jsonb
       from anketa.deliveries d
       where d.lead = $1 and d.destination = $2 and ${mayHaveArrivedSql} and a.lead = d.lead
         and a.destination = d.destination and a.revision = d.revision and a.operation = 'create'`,
      [lead, destination, notArrived, now],
    )
    await transaction.query(
      `update anketa.deliveries set status = 'failed', settled_at = $4,
         outcome = coalesce(outcome, '{"reason": "the relay was stopped meanwhile"}'::jsonb) || $3::jsonb
       where lead = $1 and destination = $2`,
      [lead, destination, notArrived, now],
    )
  }
  // In this order, as everywhere: both are locked.
  if (routing.repeats) await wakeSamePhone(transaction, { lead, form })
  if (!arrived) await releaseSlots(transaction, { lead, form }, [destination], routing, now)
  const state = await loadLeadState(transaction, lead)
  if (!state) return { refusal: 'unknown-lead' }
  const status = deriveLeadStatus(state)
  await changeLeadStatus(transaction, routing, { lead, revision }, { status, destination }, now)
  return { state, destinations: [destination] }
}
