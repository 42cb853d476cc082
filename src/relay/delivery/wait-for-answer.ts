import type { Clock } from 'pg-boss'
import type { LeadEvents } from './lead-events.ts'
import { type LeadAnswer, deriveAnswer, isAnswerExpected, type LeadState } from '../leads/lead-state.ts'

/**
 * Waits until a lead's answer can be told: nothing is expected within seconds any more, it cannot get better, or the
 * deadline (by the clock) has passed. `load` is asked again after every news; what it does not find ends the waiting.
 */
export async function waitForAnswer(
  load: () => Promise<LeadState | undefined>,
  lead: string,
  { leadEvents, clock }: { readonly leadEvents: LeadEvents; readonly clock: Clock },
  deadline: number,
): Promise<LeadAnswer | undefined> {
  for (;;) {
    const { news, stop } = leadEvents.subscribe(lead)
    try {
      const state = await load()
      if (!state) return undefined
      const answer = deriveAnswer(state.deliveries)
      const left = deadline - clock.now()
      if (!isAnswerExpected(state) || answer.outcome === 'accepted' || left <= 0) return answer
      if (!(await changesWithin(news, clock, left))) return answer
    } finally {
      stop()
    }
  }
}

async function changesWithin(news: Promise<boolean>, clock: Clock, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = clock.setTimeout(() => late.resolve(false), ms)
  try {
    return await Promise.race([news, late.promise])
  } finally {
    clock.clearTimeout(timer)
  }
}
