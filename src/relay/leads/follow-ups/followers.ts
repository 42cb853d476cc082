import type { PgBoss } from 'pg-boss'
import type { Transaction } from '../../database/database.ts'
import { queueAgain, queueDeliveries } from '../delivery-rows.ts'
import { type DeliveryState, type LeadState, queuedDelivery } from '../lead-state.ts'
import type { NextStep } from '../routing.ts'

/** The state of a lead after a delivery of it has ended, with the destination that is asked next. */
export function withStep(state: LeadState, ended: DeliveryState, { next, again }: NextStep): LeadState {
  return {
    ...state,
    deliveries: [
      ...state.deliveries.map((delivery): DeliveryState => {
        if (delivery.destination === ended.destination) return ended
        return delivery.destination === again ? { ...delivery, status: 'waiting' } : delivery
      }),
      ...(next === undefined ? [] : [queuedDelivery(next)]),
    ],
  }
}

/** Queues the destination that is asked next, and returns the state of the lead after it. */
export async function queueFollower(
  transaction: Transaction,
  boss: PgBoss,
  state: LeadState,
  { next, again }: Pick<NextStep, 'next' | 'again'>,
  now: Date,
): Promise<LeadState> {
  const revision = { ...state, lead: state.id }
  if (next !== undefined) await queueDeliveries(transaction, boss, revision, [next], now)
  const repeated = state.deliveries.find(({ destination }) => destination === again)
  if (!repeated) return state
  const queued = await queueAgain(transaction, boss, revision, repeated, now)
  return {
    ...state,
    deliveries: state.deliveries.map((delivery) => (delivery === repeated ? queued : delivery)),
  }
}
