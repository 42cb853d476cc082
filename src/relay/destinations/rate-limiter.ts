import type { Clock } from 'pg-boss'
import { elapsedMs } from '../runtime/elapsed-time.ts'

/** What waits for a call: a person at a form, a lead that is being retried, or a background task. */
export type Priority = 'person' | 'lead' | 'background'

/** Limits the calls per minute, and orders them by priority. */
export interface RateLimiter {
  /** Resolves to true when the call may be made, and to false if that was not possible within `waitMs`. */
  acquire(priority: Priority, waitMs: number): Promise<boolean>
  /** Rejects all waiting and later calls. */
  close(): void
}

/** A minute and a little more: the provider's clock may run slower than ours. */
const windowMs = 61_000

/** The order of the priorities: the lowest first. */
export const priorityRanks = { person: 0, lead: 1, background: 2 } as const satisfies Record<Priority, number>

/** The share of a minute's calls that each priority may use; the rest is reserved for higher priorities. */
export const priorityShares = { person: 1, lead: 0.9, background: 0.6 } as const satisfies Record<
  Priority,
  number
>

interface PendingAcquire {
  readonly priority: Priority
  readonly resolve: (admitted: boolean) => void
}

/** Creates a limiter over a sliding minute; without `callsPerMinute` every call is admitted. */
export function createRateLimiter(callsPerMinute: number | undefined, clock: Clock): RateLimiter {
  if (callsPerMinute === undefined) return { acquire: () => Promise.resolve(true), close() {} }
  let admittedAt: readonly number[] = []
  let waiting: readonly PendingAcquire[] = []
  let timer: unknown
  let closed = false

  function admit(): void {
    const now = elapsedMs(clock)
    admittedAt = admittedAt.filter((at) => now - at < windowMs)
    while (waiting[0] && admittedAt.length < Math.floor(priorityShares[waiting[0].priority] * limit)) {
      const [first, ...rest] = waiting
      waiting = rest
      admittedAt = [...admittedAt, now]
      first?.resolve(true)
    }
    clock.clearTimeout(timer)
    const [oldest] = admittedAt
    if (waiting.length > 0 && oldest !== undefined) timer = clock.setTimeout(admit, oldest + windowMs - now)
  }

  const limit = callsPerMinute
  return {
    async acquire(priority, waitMs) {
      if (closed) return false
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const pending: PendingAcquire = { priority, resolve }
      waiting = [...waiting, pending].toSorted(
        (left, right) => priorityRanks[left.priority] - priorityRanks[right.priority],
      )
      admit()
      if (!waiting.includes(pending)) return promise
      if (waitMs <= 0) giveUp(pending)
      const timeout = clock.setTimeout(() => giveUp(pending), waitMs)
      try {
        return await promise
      } finally {
        clock.clearTimeout(timeout)
      }
    },
    close() {
      closed = true
      clock.clearTimeout(timer)
      for (const { resolve } of waiting) resolve(false)
      waiting = []
    },
  }

  function giveUp(pending: PendingAcquire): void {
    waiting = waiting.filter((other) => other !== pending)
    pending.resolve(false)
  }
}
