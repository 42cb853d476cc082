import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import { moscowDate } from '../../../lead/calendar-date.ts'
import type { Database, Transaction } from '../../database/database.ts'
import { changeLeadStatus, queueDeliveries } from '../delivery-rows.ts'
import { type ClaimedDelivery, endDeliveryJob, sendDeliveryJobs } from '../job-queue.ts'
import { deriveLeadStatus, type LeadState, queuedDelivery } from '../lead-state.ts'
import { loadLeadState, lockLead } from '../load-lead-state.ts'
import { findDestination, findUntried, type Routing } from '../routing.ts'
import { recordDecisions } from './decisions.ts'
import { type DeliveryAtGate, loadDeliveryAtGate } from './delivery-at-gate.ts'
import { takeTurn, wakeSamePhone } from './phone-turns.ts'
import { isWithinHours } from './hours.ts'
import {
  decideByTime,
  decideInOrder,
  findEarliest,
  type RoutedLead,
  type RoutingDecision,
  type RoutingMoment,
} from './rules.ts'
import { addToDay, cappedKeys, lockDay, releaseSlots } from './slots.ts'

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

/** Applies the rules of a form before a delivery is attempted. */
export interface RoutingGate {
  /**
   * Lets a delivery pass, with a place in its destination's cap; or puts it off, moves the lead to another destination, or
   * ends the delivery.
   */
  pass(job: ClaimedDelivery, routing: Routing, now: Date): Promise<GateResult>
}

/** A lead that rules keep waiting is given up after this time, like one that a destination does not take. */
const maxWaitMs = 7 * 24 * 3600 * 1000

const open: GateResult = { isOpen: true, queued: [], decisions: [] }
const ended: GateResult = { isOpen: false, queued: [], decisions: [] }

/** Creates the gate. */
export function createRoutingGate(database: Database, boss: PgBoss): RoutingGate {
  return {
    pass: (job, routing, now) =>
      database.transaction((transaction) => createPass(transaction, boss, job, routing, now).run()),
  }
}

function createPass(
  transaction: Transaction,
  boss: PgBoss,
  job: ClaimedDelivery,
  routing: Routing,
  now: Date,
) {
  const { lead, form, revision, claim } = job
  const today = moscowDate(now)
  const rulesOf = (key: string) => routing.rules?.get(key) ?? {}

  async function run(): Promise<GateResult> {
    await lockLead(transaction, lead)
    const loaded = await loadDeliveryAtGate(transaction, job, routing)
    if (!loaded) {
      await endDeliveryJob(boss, transaction, claim)
      return ended
    }
    const key = findDestination(routing.destinations, job.destination)?.key
    if (key === undefined) return open
    const delivery = await giveUpOldSlot(loaded)
    const { hours, capPerDay } = rulesOf(key)
    const isFree =
      (!hours || isWithinHours(hours, now)) && (capPerDay === undefined || delivery.slotDay === today)
    // A delivery that was attempted stays with its destination; so does one that the rules have let pass.
    if (delivery.attempts > 0 || (delivery.routed && isFree)) return passAgain(delivery, key)
    return passFirst(delivery, key)
  }

  /** A place in the cap of an earlier day is of no use today, unless the destination may have got the lead on that day. */
  async function giveUpOldSlot(delivery: DeliveryAtGate): Promise<DeliveryAtGate> {
    const { slotDay, mayHaveArrived } = delivery
    if (slotDay === undefined || slotDay === today || mayHaveArrived) return delivery
    await releaseSlots(transaction, { lead, form }, [job.destination], routing, now)
    return { ...delivery, slotDay: undefined }
  }

  async function lockToday(delivery: DeliveryAtGate): Promise<RoutingMoment> {
    const counts = await lockDay(transaction, form, cappedKeys(routing), today)
    const own = findDestination(routing.destinations, job.destination)?.key
    const isOwn = (destination: string) => destination === own && delivery.slotDay === today
    return {
      now,
      deliveriesToday: (destination) => (counts.get(destination) ?? 0) - (isOwn(destination) ? 1 : 0),
    }
  }

  /** A delivery needs a place in the cap of the day of its attempt, unless its destination may have the lead already. */
  async function passAgain(delivery: DeliveryAtGate, key: string): Promise<GateResult> {
    const rules = rulesOf(key)
    const keepsSlot = rules.capPerDay === undefined || delivery.slotDay !== undefined
    const { hours, capPerDay } = rules
    const moment = keepsSlot ? { now, deliveriesToday: () => 0 } : await lockToday(delivery)
    const applied = keepsSlot ? { hours } : { hours, capPerDay }
    const decision = { destination: key, ...decideByTime(key, applied, moment) }
    if (decision.until) return putOff(delivery, [decision], decision.until)
    if (!keepsSlot) await takeSlot(delivery, key)
    return open
  }

  async function passFirst(delivery: DeliveryAtGate, key: string): Promise<GateResult> {
    const state = await loadLeadState(transaction, lead)
    if (!state) return ended
    const turn = await findTurn(delivery)
    if (turn?.turn === 'repeat') return endAsRepeat(delivery, state)
    if (turn?.turn === 'wait') {
      return putOff(delivery, [{ destination: key, rule: 'same-phone', until: turn.until }], turn.until)
    }
    const routed: RoutedLead = { id: lead, values: delivery.values, shares: delivery.shares }
    const others = state.deliveries.filter(({ destination }) => destination !== job.destination)
    const candidates = routing.mode === 'all' ? [key] : findUntried(routing, others)
    const decisions = decideInOrder(candidates, rulesOf, routed, await lockToday(delivery))
    const last = decisions.at(-1)
    if (last?.rule === 'chosen') return goTo(last.destination, delivery, key, state, decisions)
    const earliest = findEarliest(decisions)
    if (!earliest?.until) {
      await record(delivery, decisions)
      await removeDelivery()
      return finish(decisions)
    }
    if (earliest.destination === key) return putOff(delivery, decisions, earliest.until)
    return moveTo(earliest.destination, delivery, state, decisions, earliest.until)
  }

  async function findTurn({ phoneHash }: DeliveryAtGate) {
    if (!routing.repeats || phoneHash === undefined) return undefined
    return takeTurn(transaction, { lead, form, phoneHash }, routing.repeats.days, now)
  }

  async function goTo(
    chosen: string,
    delivery: DeliveryAtGate,
    key: string,
    state: LeadState,
    decisions: readonly RoutingDecision[],
  ): Promise<GateResult> {
    if (chosen !== key) return moveTo(chosen, delivery, state, decisions)
    await record(delivery, decisions)
    await takeSlot(delivery, key)
    await transaction.query(
      `update anketa.deliveries set routed = true, blocked_until = null,
         queued_at = case when blocked_until is null then queued_at else $3 end
       where lead = $1 and destination = $2`,
      [lead, job.destination, now],
    )
    return { ...open, decisions }
  }

  async function takeSlot(delivery: DeliveryAtGate, key: string): Promise<void> {
    if (rulesOf(key).capPerDay === undefined || delivery.slotDay === today) return
    await addToDay(transaction, form, key, today)
    await setSlotDay(job.destination)
  }

  async function setSlotDay(destination: string): Promise<void> {
    await transaction.query(
      'update anketa.deliveries set slot_day = $3 where lead = $1 and destination = $2',
      [lead, destination, today],
    )
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
    if (!until && rulesOf(destination).capPerDay !== undefined) {
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
    if (delivery.attempts === 0)
      await releaseSlots(transaction, { lead, form }, [job.destination], routing, now)
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

  async function fail(delivery: DeliveryAtGate, decisions: readonly RoutingDecision[]): Promise<GateResult> {
    await record(delivery, decisions)
    await releaseSlots(transaction, { lead, form }, [job.destination], routing, now)
    await transaction.query(
      `update anketa.deliveries set status = 'failed', blocked_until = null, settled_at = $3
       where lead = $1 and destination = $2`,
      [lead, job.destination, now],
    )
    return finish(decisions)
  }

  async function endAsRepeat(delivery: DeliveryAtGate, state: LeadState): Promise<GateResult> {
    const decisions = [{ destination: job.destination, rule: 'duplicate' }] as const
    await record(delivery, decisions)
    const waiting = state.deliveries.filter(({ status, attempts }) => status === 'waiting' && attempts === 0)
    const keys = waiting.map(({ destination }) => destination)
    await releaseSlots(transaction, { lead, form }, keys, routing, now)
    await transaction.query('delete from anketa.deliveries where lead = $1 and destination = any ($2)', [
      lead,
      keys,
    ])
    await transaction.query('update anketa.leads set own_answer = $2 where id = $1', [
      lead,
      routing.repeats?.answer,
    ])
    return finish(decisions)
  }

  /** Ends the job, and derives the lead's status from what is left. */
  async function finish(decisions: readonly RoutingDecision[]): Promise<GateResult> {
    await endDeliveryJob(boss, transaction, claim)
    const state = await loadLeadState(transaction, lead)
    if (state) await changeLeadStatus(transaction, routing, { lead, revision }, deriveLeadStatus(state), now)
    if (routing.repeats) await wakeSamePhone(transaction, { lead, form })
    return { ...ended, decisions, state }
  }

  async function removeDelivery(): Promise<void> {
    await releaseSlots(transaction, { lead, form }, [job.destination], routing, now)
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

  return { run }
}
