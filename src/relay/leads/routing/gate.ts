import type { PgBoss } from 'pg-boss'
import { moscowDate } from '../../../lead/calendar-date.ts'
import type { Database, Transaction } from '../../database/database.ts'
import { type ClaimedDelivery, endDeliveryJob } from '../job-queue.ts'
import type { LeadState } from '../lead-state.ts'
import { loadLeadState, lockLead } from '../load-lead-state.ts'
import { findDestination, findUntried, type Routing } from '../routing.ts'
import { type DeliveryAtGate, loadDeliveryAtGate } from './delivery-at-gate.ts'
import { createGateWays, ended, type GateResult } from './gate-ways.ts'
import { takeTurn } from './phone-turns.ts'
import { isWithinHours } from './hours.ts'
import {
  decideByTime,
  decideInOrder,
  findEarliest,
  type RoutedLead,
  type RoutingDecision,
  type RoutingMoment,
} from './rules.ts'
import { cappedKeys, lockDay } from './slots.ts'

/** Applies the rules of a form before a delivery is attempted. */
export interface RoutingGate {
  /**
   * Lets a delivery pass, with a place in its destination's cap; or puts it off, moves the lead to another destination, or
   * ends the delivery.
   */
  pass(job: ClaimedDelivery, routing: Routing, now: Date): Promise<GateResult>
}

const open: GateResult = { isOpen: true, queued: [], decisions: [] }

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
  const { lead, form, claim } = job
  const today = moscowDate(now)
  const rulesOf = (key: string) => routing.rules?.get(key) ?? {}
  const ways = createGateWays(transaction, boss, job, routing, now)

  async function run(): Promise<GateResult> {
    await lockLead(transaction, lead)
    const delivery = await loadDeliveryAtGate(transaction, job, routing)
    if (!delivery) {
      await endDeliveryJob(boss, transaction, claim)
      return ended
    }
    const key = findDestination(routing.destinations, job.destination)?.key
    if (key === undefined) return open
    const { hours, capPerDay } = rulesOf(key)
    const isFree =
      (!hours || isWithinHours(hours, now)) && (capPerDay === undefined || delivery.slotDay === today)
    // A delivery that was attempted stays with its destination; so does one that the rules have let pass.
    if (delivery.attempts > 0 || (delivery.routed && isFree)) return passAgain(delivery, key)
    return passFirst(delivery, key)
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
    if (delivery.attempts > 0 && !delivery.mayHaveArrived) {
      // While it waited for a correction, another lead with its phone may have been accepted.
      const obstacle = await applyTurn(delivery, key)
      if (obstacle) return obstacle
    }
    const { hours, capPerDay } = rulesOf(key)
    const keepsSlot =
      capPerDay === undefined ||
      delivery.slotDay === today ||
      (delivery.slotDay !== undefined && delivery.mayHaveArrived)
    const moment = keepsSlot ? { now, deliveriesToday: () => 0 } : await lockToday(delivery)
    const applied = keepsSlot ? { hours } : { hours, capPerDay }
    const decision = { destination: key, ...decideByTime(key, applied, moment) }
    if (decision.until) return ways.putOff(delivery, [decision], decision.until)
    if (!keepsSlot) await ways.takeSlot(delivery, key)
    return open
  }

  async function passFirst(delivery: DeliveryAtGate, key: string): Promise<GateResult> {
    const state = await loadLeadState(transaction, lead)
    if (!state) return ended
    const obstacle = await applyTurn(delivery, key)
    if (obstacle) return obstacle
    const routed: RoutedLead = { id: lead, values: delivery.values, shares: delivery.shares }
    const others = state.deliveries.filter(({ destination }) => destination !== job.destination)
    const candidates = routing.mode === 'all' ? [key] : findUntried(routing, others)
    const decisions = decideInOrder(candidates, rulesOf, routed, await lockToday(delivery))
    const last = decisions.at(-1)
    if (last?.rule === 'chosen') return goTo(last.destination, delivery, key, state, decisions)
    const earliest = findEarliest(decisions)
    if (!earliest?.until) {
      return ways.leaveOut(delivery, decisions)
    }
    if (earliest.destination === key) return ways.putOff(delivery, decisions, earliest.until)
    return ways.moveTo(earliest.destination, delivery, state, decisions, earliest.until)
  }

  /** What holds back a lead whose phone another lead of the form has. */
  async function applyTurn(delivery: DeliveryAtGate, key: string): Promise<GateResult | undefined> {
    const { phoneHash } = delivery
    if (!routing.repeats || phoneHash === undefined) return undefined
    const turn = await takeTurn(transaction, { lead, form, phoneHash }, routing.repeats.days, now)
    if (turn.turn === 'repeat') return ways.endAsRepeat(delivery, routing.repeats.answer)
    if (turn.turn === 'own') return undefined
    return ways.putOff(delivery, [{ destination: key, rule: 'same-phone', until: turn.until }], turn.until)
  }

  async function goTo(
    chosen: string,
    delivery: DeliveryAtGate,
    key: string,
    state: LeadState,
    decisions: readonly RoutingDecision[],
  ): Promise<GateResult> {
    if (chosen !== key) return ways.moveTo(chosen, delivery, state, decisions)
    await ways.record(delivery, decisions)
    await ways.takeSlot(delivery, key)
    await transaction.query(
      `update anketa.deliveries set routed = true, blocked_until = null,
         queued_at = case when blocked_until is null then queued_at else $3 end
       where lead = $1 and destination = $2`,
      [lead, job.destination, now],
    )
    return { ...open, decisions }
  }

  return { run }
}
