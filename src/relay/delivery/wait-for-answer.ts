import type { Clock } from 'pg-boss'
import { elapsedMs } from '../runtime/elapsed-time.ts'
import type { LeadEvents } from './lead-events.ts'
import { type LeadAnswer, deriveAnswer, isAnswerExpected, type LeadState } from '../leads/lead-state.ts'

/**
 * Waits for a lead's answer: until no further answer is expected within seconds, the answer cannot get better, or the
 * deadline (in `elapsedMs`) has passed. The lead is loaded again after every event; `undefined` if `load`
 * does not find it.
 */
export async function waitForAnswer(
  load: () => Promise<LeadState | undefined>,
  leadId: string,
  { leadEvents, clock }: { readonly leadEvents: LeadEvents; readonly clock: Clock },
  deadline: number,
): Promise<LeadAnswer | undefined> {
  for (;;) {
    const { changed, unsubscribe } = leadEvents.subscribe(leadId)
    try {
      const state = await load()
      if (!state) return undefined
      const answer = deriveAnswer(state.deliveries)
      const left = deadline - elapsedMs(clock)
      if (!isAnswerExpected(state) || answer.outcome === 'accepted' || left <= 0) return answer
      if (!(await resolvesWithin(changed, clock, left))) return answer
    } finally {
      unsubscribe()
    }
  }
}

async function resolvesWithin(changed: Promise<boolean>, clock: Clock, ms: number): Promise<boolean> {
  const timeout = Promise.withResolvers<boolean>()
  const timer = clock.setTimeout(() => timeout.resolve(false), ms)
  try {
    return await Promise.race([changed, timeout.promise])
  } finally {
    clock.clearTimeout(timer)
  }
}
