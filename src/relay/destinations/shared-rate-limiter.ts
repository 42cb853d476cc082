import type { Clock } from 'pg-boss'
import type { Queryable } from '../database/database.ts'
import { type Priority, priorityRanks, priorityShares, type RateLimiter } from './rate-limiter.ts'

/** Options of {@link createSharedRateLimiter}. */
export interface SharedRateLimiterOptions {
  readonly database: Queryable
  /** The name of the account in the database. */
  readonly name: string
  readonly callsPerMinute: number
  readonly clock: Clock
}

/** How often a process that waits looks whether a call may be made. */
const retryIntervalMs = 500

interface PendingAcquire {
  readonly priority: Priority
  settle(admitted: boolean): void
  fail(error: unknown): void
}

/**
 * Creates a limiter whose limit holds over all relays of a database: a row of each account has the moments of the calls of
 * the last minute, by the database's clock.
 */
export function createSharedRateLimiter(options: SharedRateLimiterOptions): RateLimiter {
  const { clock } = options
  let waiting: readonly PendingAcquire[] = []
  let admitting = false
  let timer: unknown
  let closed = false

  function remove(pending: PendingAcquire): void {
    waiting = waiting.filter((other) => other !== pending)
  }

  /** Admits those that wait, in order, as long as the limit allows it. */
  async function admit(): Promise<void> {
    if (admitting) return
    admitting = true
    clock.clearTimeout(timer)
    try {
      for (let first = waiting[0]; first; first = waiting[0]) {
        try {
          if (!(await tryToAdmit(options, first.priority))) break
          first.settle(true)
        } catch (error) {
          first.fail(error)
        }
        remove(first)
      }
    } finally {
      admitting = false
    }
    if (waiting.length > 0 && !closed) timer = clock.setTimeout(() => void admit(), retryIntervalMs)
  }

  return {
    async acquire(priority, waitMs) {
      if (closed) return false
      // Without a wait the order does not matter.
      if (waitMs <= 0) return waiting.length === 0 && tryToAdmit(options, priority)
      const { promise, resolve, reject } = Promise.withResolvers<boolean>()
      const pending: PendingAcquire = { priority, settle: resolve, fail: reject }
      waiting = [...waiting, pending].toSorted(
        (left, right) => priorityRanks[left.priority] - priorityRanks[right.priority],
      )
      void admit()
      const timeout = clock.setTimeout(() => {
        remove(pending)
        resolve(false)
      }, waitMs)
      try {
        return await promise
      } finally {
        clock.clearTimeout(timeout)
      }
    },
    close() {
      closed = true
      clock.clearTimeout(timer)
      for (const { settle } of waiting) settle(false)
      waiting = []
    },
  }
}

/** The calls that count: of a minute and a little more. Those from the future are of a clock that has been put back. */
const recentSql = `select call from unnest(known.calls) as call
  where call > pgboss.job_now() - interval '61 seconds' and call < pgboss.job_now() + interval '61 seconds'`

/** The second by which the counted time is longer than a minute, in milliseconds. */
const latestMs = 1000

/** Counts a call if its priority's share of the limit is not used up. Returns whether the call may be made. */
async function tryToAdmit(
  { database, name, callsPerMinute, clock }: SharedRateLimiterOptions,
  priority: Priority,
): Promise<boolean> {
  const share = Math.floor(priorityShares[priority] * callsPerMinute)
  if (share < 1) return false
  const askedAt = clock.now()
  const rows = await database.query(
    `insert into anketa.account_calls as known (account, calls) values ($1, array[pgboss.job_now()])
     on conflict (account) do update set calls = array(${recentSql}) || pgboss.job_now()
     where (select count(*) from (${recentSql}) as recent) < $2
     returning account`,
    [name, share],
  )
  // A permit that took longer to come is left: its call would be made later than it is counted.
  return rows.length > 0 && clock.now() - askedAt < latestMs
}
