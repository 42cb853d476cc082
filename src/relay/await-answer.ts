import type { Clock } from 'pg-boss'
import type { DecisionBoard } from './decision-board.ts'
import { type Answer, answerOf, isBusy, type LeadState } from './lead-state.ts'

/**
 * Waits until a lead's answer can be told: nothing is expected within seconds any more, it cannot get better, or the
 * deadline (by the clock) has passed. `look` is asked again after every news; what it does not find ends the waiting.
 */
export async function awaitAnswer(
  look: () => Promise<LeadState | undefined>,
  lead: string,
  { board, clock }: { readonly board: DecisionBoard; readonly clock: Clock },
  deadline: number,
): Promise<Answer | undefined> {
  for (;;) {
    const { news, stop } = board.listen(lead)
    try {
      const state = await look()
      if (!state) return undefined
      const answer = answerOf(state.deliveries)
      const left = deadline - clock.now()
      if (!isBusy(state) || answer.outcome === 'accepted' || left <= 0) return answer
      if (!(await isInTime(news, clock, left))) return answer
    } finally {
      stop()
    }
  }
}

async function isInTime(news: Promise<boolean>, clock: Clock, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = clock.setTimeout(() => late.resolve(false), ms)
  try {
    return await Promise.race([news, late.promise])
  } finally {
    clock.clearTimeout(timer)
  }
}
