import type { Clock } from 'pg-boss'

/** Who waits: a person in front of a form, a lead that has been tried already, or nobody in particular. */
export type Priority = 'person' | 'lead' | 'background'

/** Lets so many calls a minute pass, the most urgent first. */
export interface RateLimiter {
  /** True when the call may be made now; false when its turn did not come within `patienceMs`. */
  acquire(urgency: Priority, patienceMs: number): Promise<boolean>
  /** Lets everyone go who waits; nobody enters any more. */
  close(): void
}

/** A minute by our clock may be a little less than one by the provider's. */
const windowMs = 61_000

const priorityRanks = { person: 0, lead: 1, background: 2 } as const satisfies Record<Priority, number>

/** The part of a minute's calls that may be used up when such a one enters: what is left is for those before it. */
const priorityShares = { person: 1, lead: 0.9, background: 0.6 } as const satisfies Record<Priority, number>

interface PendingAcquire {
  readonly priority: Priority
  readonly resolve: (entered: boolean) => void
}

/** Makes a limiter that remembers the calls of the last minute; without a limit everyone passes. */
export function createRateLimiter(callsPerMinute: number | undefined, clock: Clock): RateLimiter {
  if (callsPerMinute === undefined) return { acquire: () => Promise.resolve(true), close() {} }
  let passed: readonly number[] = []
  let waiting: readonly PendingAcquire[] = []
  let timer: unknown
  let closed = false

  function admit(): void {
    const now = clock.now()
    passed = passed.filter((at) => now - at < windowMs)
    while (waiting[0] && passed.length < Math.floor(priorityShares[waiting[0].priority] * limit)) {
      const [first, ...rest] = waiting
      waiting = rest
      passed = [...passed, now]
      first?.resolve(true)
    }
    clock.clearTimeout(timer)
    const [oldest] = passed
    if (waiting.length > 0 && oldest !== undefined) timer = clock.setTimeout(admit, oldest + windowMs - now)
  }

  const limit = callsPerMinute
  return {
    async acquire(priority, patienceMs) {
      if (closed) return false
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const one: PendingAcquire = { priority, resolve }
      waiting = [...waiting, one].toSorted(
        (left, right) => priorityRanks[left.priority] - priorityRanks[right.priority],
      )
      admit()
      if (!waiting.includes(one)) return promise
      if (patienceMs <= 0) giveUp(one)
      const late = clock.setTimeout(() => giveUp(one), patienceMs)
      try {
        return await promise
      } finally {
        clock.clearTimeout(late)
      }
    },
    close() {
      closed = true
      clock.clearTimeout(timer)
      for (const { resolve } of waiting) resolve(false)
      waiting = []
    },
  }

  function giveUp(one: PendingAcquire): void {
    waiting = waiting.filter((other) => other !== one)
    one.resolve(false)
  }
}
