import type { Clock } from 'pg-boss'
import { elapsedMs } from '../runtime/elapsed-time.ts'
import type { LeadEvent, LeadEvents } from './lead-events.ts'
import { type LeadAnswer, deriveAnswer, isAnswerExpected, type LeadState } from '../leads/lead-state.ts'

/**
 * Waits for a lead's answer: until no further answer is expected within seconds, the answer cannot get better, or the
 * deadline (in `elapsedMs`) has passed. `load` returns the lead's state, or `undefined` if there is no such lead. It is
 * called first, and after every event: with the state that the event carries, if that state ends the waiting, so that
 * `load` need not read it again.
 */
export async function waitForAnswer(
  load: (known?: LeadState) => Promise<LeadState | undefined>,
  leadId: string,
  { leadEvents, clock }: { readonly leadEvents: LeadEvents; readonly clock: Clock },
  deadline: number,
): Promise<LeadAnswer | undefined> {
  const events = leadEvents.subscribe(leadId)
  try {
    let state = await load()
    while (state && !isFinal(state)) {
      const left = deadline - elapsedMs(clock)
      const event = left > 0 ? await nextWithin(events.next(), clock, left) : undefined
      if (!event) break
      // Events of two destinations may arrive in another order than they happened in. A state that ends the waiting is
      // right in any order.
      state = await load(event.state && isFinal(event.state) ? event.state : undefined)
    }
    return state && deriveAnswer(state)
  } finally {
    events.unsubscribe()
  }
}

/** Whether a better answer cannot be expected within seconds. */
function isFinal(state: LeadState): boolean {
  return !isAnswerExpected(state) || deriveAnswer(state).outcome === 'accepted'
}

async function nextWithin(
  next: Promise<LeadEvent | undefined>,
  clock: Clock,
  ms: number,
): Promise<LeadEvent | undefined> {
  const timeout = Promise.withResolvers<undefined>()
  const timer = clock.setTimeout(() => timeout.resolve(undefined), ms)
  try {
    return await Promise.race([next, timeout.promise])
  } finally {
    clock.clearTimeout(timer)
  }
}
