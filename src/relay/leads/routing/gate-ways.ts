import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import { moscowDate } from '../../../lead/calendar-date.ts'
import type { Transaction } from '../../database/database.ts'
import type { EventDetails } from '../../messages/receiver.ts'
import { changeLeadStatus, queueDeliveries } from '../delivery-rows.ts'
import { queueFollower, withStep } from '../follow-ups/followers.ts'
import { type ClaimedDelivery, endDeliveryJob, sendDeliveryJobs } from '../job-queue.ts'
import { deriveLeadStatus, type LeadState, queuedDelivery } from '../lead-state.ts'
import { loadLeadState } from '../load-lead-state.ts'
import { afterGivingUp, findRefused, type NextStep, type RepeatRules, type Routing } from '../routing.ts'
import { recordDecisions, routeByValues } from './decisions.ts'
import type { DeliveryAtGate } from './delivery-at-gate.ts'
import { wakeSamePhone } from './phone-turns.ts'
import type { RoutingDecision } from './rules.ts'
import { addToDay, releaseSlots } from './slots.ts'

/** What the rules of a form say about a delivery whose job is due. */
export interface GateResult {
  /** Whether the delivery may be attempted. */
  readonly isOpen: boolean
  /** Keys of the destinations that the lead was queued for instead. */
  readonly queued: readonly string[]
  /** What was decided now. */
  readonly decisions: readonly RoutingDecision[]
  /** The lead's state, if it has changed. */
  readonly state?: LeadState | undefined
}

/** A delivery that is not attempted now. */
export const ended: GateResult = { isOpen: false, queued: [], decisions: [] }

/** A lead that rules keep waiting is given up after this time, like one that a destination does not take. */
const maxWaitMs = 7 * 24 * 3600 * 1000

/**
 * The ways that a delivery can take at the gate, apart from its attempt. Whatever locks both the turn of a phone and the
 * counter of a cap locks the turn first.
 */
export function createGateWays(
  transaction: Transaction,
  boss: PgBoss,
  job: ClaimedDelivery,
  routing: Routing,
  now: Date,
) {
  const { lead, form, revision, claim } = job
  const today = moscowDate(now)
  const isCapped = (key: string) => routing.rules?.get(key)?.capPerDay !== undefined

  /** Takes a place in the cap of today. One of an earlier day is given back, unless the lead may have arrived on that day. */
  async function takeSlot(delivery: DeliveryAtGate, key: string): Promise<void> {
    if (!isCapped(key) || delivery.slotDay === today) return
    if (delivery.slotDay !== undefined) await release()
    await addToDay(transaction, form, key, today)
    await setSlotDay(job.destination)
  }

  async function setSlotDay(destination: string): Promise<void> {
    await transaction.query(
      'update anketa.deliveries set slot_day = $3 where lead = $1 and destination = $2',
      [lead, destination, today],
    )
  }

  async function release(destinations: readonly string[] = [job.destination]): Promise<void> {
    await releaseSlots(transaction, { lead, form }, destinations, routing, now)
  }

  /** Replaces the delivery by one to another destination: at once, with a place in its cap, or at a later moment. */
  async function moveTo(
    destination: string,
    delivery: DeliveryAtGate,
    state: LeadState,
    decisions: readonly RoutingDecision[],
    until?: Date,
  ): Promise<GateResult> {
    if (until && isTooLate(delivery)) return fail(delivery, decisions)
    await record(delivery, decisions)
    await removeDelivery()
    const pause = until ? pauseUntil(until) : 0
    await queueDeliveries(transaction, boss, { lead, form, revision }, [destination], now, pause)
    await transaction.query(
      `update anketa.deliveries set routed = $3, blocked_until = $4, queued_at = $5
       where lead = $1 and destination = $2`,
      [lead, destination, until === undefined, until ?? null, until ? delivery.queuedAt : now],
    )
    if (!until && isCapped(destination)) {
      await addToDay(transaction, form, destination, today)
      await setSlotDay(destination)
    }
    await endDeliveryJob(boss, transaction, claim)
    const added = { ...queuedDelivery(destination), ...(until ? { blockedUntil: until } : {}) }
    const others = state.deliveries.filter((other) => other.destination !== job.destination)
    return {
      isOpen: false,
      queued: until ? [] : [destination],
      decisions,
      state: { ...state, deliveries: [...others, added] },
    }
  }

  /** Lets the delivery wait until a moment. */
  async function putOff(
    delivery: DeliveryAtGate,
    decisions: readonly RoutingDecision[],
    until: Date,
  ): Promise<GateResult> {
    if (isTooLate(delivery)) return fail(delivery, decisions)
    await record(delivery, decisions)
    if (delivery.attempts === 0) await release()
    const id = randomUUID()
    const { claim: _, ...data } = job
    await transaction.query(
      `update anketa.deliveries set job = $3, blocked_until = $4, routed = false
       where lead = $1 and destination = $2`,
      [lead, job.destination, id, until],
    )
    await sendDeliveryJobs(boss, transaction, [{ id, data, pause: pauseUntil(until) }])
    await endDeliveryJob(boss, transaction, claim)
    return { ...ended, decisions, state: await loadLeadState(transaction, lead) }
  }

  /** Gives a delivery up that has waited for a week. One that was attempted gives way to another destination. */
  async function fail(delivery: DeliveryAtGate, decisions: readonly RoutingDecision[]): Promise<GateResult> {
    await record(delivery, decisions)
    return finish(
      decisions,
      { destination: job.destination, reason: 'rules kept it waiting for a week' },
      async (state) => {
        const before = state.deliveries.find(({ destination }) => destination === job.destination)
        if (!before) return state
        const others = state.deliveries.filter((other) => other !== before)
        const { values, shares } = delivery
        const permitted = routeByValues(routing, { id: lead, values, shares }).routing
        const step = afterGivingUp(permitted, job.destination, others)
        // A delivery without an attempt has been offered to all destinations at the gate.
        const isOffered = delivery.attempts === 0 && step.next !== undefined
        const taken: NextStep = isOffered ? { status: 'failed' } : step
        if (!delivery.mayHaveArrived) await release()
        await transaction.query(
          `update anketa.deliveries set status = $3, blocked_until = null, settled_at = $4
         where lead = $1 and destination = $2`,
          [lead, job.destination, taken.status, now],
        )
        const { blockedUntil: _, ...unblocked } = before
        const after = withStep(state, { ...unblocked, status: taken.status }, taken)
        return queueFollower(transaction, boss, after, taken, now)
      },
    )
  }

  async function endAsRepeat(delivery: DeliveryAtGate, answer: RepeatRules['answer']): Promise<GateResult> {
    const decisions = [{ destination: job.destination, rule: 'duplicate' }] as const
    await record(delivery, decisions)
    return finish(decisions, {}, async (state) => {
      const keys = state.deliveries
        .filter(
          ({ destination, status, attempts }) =>
            status === 'waiting' && (attempts === 0 || destination === job.destination),
        )
        .map(({ destination }) => destination)
      await release(keys)
      await transaction.query('delete from anketa.deliveries where lead = $1 and destination = any ($2)', [
        lead,
        keys,
      ])
      await transaction.query('update anketa.leads set own_answer = $2 where id = $1', [lead, answer])
      const deliveries = state.deliveries.filter(({ destination }) => !keys.includes(destination))
      return { ...state, deliveries, ownAnswer: answer }
    })
  }

  /** Ends a delivery that the lead's values exclude. One that was refused is tried again where none is left. */
  async function leaveOut(
    delivery: DeliveryAtGate,
    decisions: readonly RoutingDecision[],
  ): Promise<GateResult> {
    await record(delivery, decisions)
    return finish(decisions, {}, async (state) => {
      await removeDelivery()
      const deliveries = state.deliveries.filter(({ destination }) => destination !== job.destination)
      const isEnd = deliveries.every(({ status }) => status === 'passed' || status === 'decided')
      const { values, shares } = delivery
      const permitted = routeByValues(routing, { id: lead, values, shares }).routing
      const again = isEnd && routing.mode !== 'all' ? findRefused(permitted, deliveries) : undefined
      const step = again === undefined ? {} : { again }
      return queueFollower(transaction, boss, { ...state, deliveries }, step, now)
    })
  }

  /** Ends the job, changes the lead, and derives its status from what is left. */
  async function finish(
    decisions: readonly RoutingDecision[],
    details: EventDetails,
    change: (state: LeadState) => Promise<LeadState>,
  ): Promise<GateResult> {
    await endDeliveryJob(boss, transaction, claim)
    const before = await loadLeadState(transaction, lead)
    if (!before) return { ...ended, decisions }
    if (routing.repeats) await wakeSamePhone(transaction, { lead, form })
    const state = await change(before)
    const status = deriveLeadStatus(state)
    await changeLeadStatus(transaction, routing, { lead, revision }, { ...details, status }, now)
    const waiting = state.deliveries.filter(
      ({ destination, status: after }) =>
        after === 'waiting' &&
        before.deliveries.every((one) => one.destination !== destination || one.status !== 'waiting'),
    )
    return { ...ended, queued: waiting.map(({ destination }) => destination), decisions, state }
  }

  async function removeDelivery(): Promise<void> {
    await release()
    await transaction.query('delete from anketa.deliveries where lead = $1 and destination = $2', [
      lead,
      job.destination,
    ])
  }

  function record(delivery: DeliveryAtGate, decisions: readonly RoutingDecision[]): Promise<void> {
    return recordDecisions(transaction, { id: lead, revision }, delivery.decisions, decisions, now)
  }

  function isTooLate({ queuedAt }: DeliveryAtGate): boolean {
    return now.getTime() - queuedAt.getTime() >= maxWaitMs
  }

  function pauseUntil(until: Date): number {
    return Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
  }

  return { takeSlot, moveTo, putOff, endAsRepeat, leaveOut, record }
}
