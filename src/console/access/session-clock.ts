import type { SessionAnswer } from '../../relay/http/admin/lead-answers.ts'
import type { ConsolePorts } from '../ports.ts'

/** Notices when a session ends by time: the page has to know it although nothing is sent. */
export interface SessionClock {
  /** Somebody has signed in. */
  start(session: Pick<SessionAnswer, 'expiresAt' | 'idleMinutes'>): void
  /** The relay has answered in the session. */
  touch(): void
  stop(): void
}

/** The clock is read so often: a timer alone is late after a computer has slept. */
const checkMs = 5000

/** Creates the clock. `onEnd` is called once for each session that ends while it runs. */
export function createSessionClock(
  { now, startTimer }: Pick<ConsolePorts, 'now' | 'startTimer'>,
  onEnd: () => void,
): SessionClock {
  let stopTimer: (() => void) | undefined
  let usedAt = 0
  let idleMs = Infinity
  let expiresAt = Infinity

  const time = (): number => now().getTime()

  function check(): void {
    const left = Math.min(usedAt + idleMs, expiresAt) - time()
    if (left > 0) {
      stopTimer = startTimer(Math.min(left, checkMs), check)
      return
    }
    stopTimer = undefined
    onEnd()
  }

  function stop(): void {
    stopTimer?.()
    stopTimer = undefined
  }

  return {
    start(session) {
      stop()
      usedAt = time()
      idleMs = session.idleMinutes * 60_000
      const end = Date.parse(session.expiresAt)
      // The computer's clock may be wrong: the relay has just said that the session lasts.
      expiresAt = end > usedAt ? end : Infinity
      check()
    },
    touch() {
      usedAt = time()
    },
    stop,
  }
}
