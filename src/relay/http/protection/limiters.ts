import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Database } from '../../database/database.ts'
import { createDerived } from '../../runtime/derived.ts'

/** How many leads a minute are taken. */
export interface Limits {
  /** From one address, new ones and changes of finished ones; an IPv6 network of 64 bits counts as one. */
  readonly perAddress: number
  /** With one phone. */
  readonly perPhone: number
}

/** Counts uses of keys. */
export interface Limiter {
  /** Counts one use. Returns the seconds until the next one is allowed, or `undefined` if this one is. */
  consume(key: string): Promise<number | undefined>
  /** Takes back one use. */
  refund(key: string): Promise<void>
}

/** All limiters of a relay. */
export interface Limiters {
  readonly address: Limiter
  readonly phone: Limiter
  /** Changes of one lead. */
  readonly changes: Limiter
  /** Codes that are posted for one lead. */
  readonly codes: Limiter
  /** Each challenge may be used once. */
  readonly challenges: Limiter
  /** Tries to sign in to the console, from one address or with one name. */
  readonly signIns: Limiter
  close(): void
}

const minuteSeconds = 60
const daySeconds = 24 * 60 * minuteSeconds

/** Codes that are taken for one lead within a day. */
export const maxCodes = 10

/** Changes of one lead that are taken within a minute: a person is asked to correct one thing after the other, not twenty. */
export const maxChanges = 20

/** Tries to sign in that fail, from one address or with one name, within {@link signInSeconds}. */
export const maxSignIns = 10
const signInSeconds = 15 * minuteSeconds

/** How long a challenge can be solved. */
export const challengeSeconds = 10 * minuteSeconds

/** How often counts whose time is over are deleted. */
const cleanupIntervalMs = 60_000

/**
 * Opens the limiters. Relays that share a database count together. The counts of a minute of a relay that has its database
 * for itself are in its memory, and cost the database nothing: a restart forgets them. Codes and used challenges are in
 * the database in any case.
 */
export function openLimiters(database: Database, limits: () => Limits): Limiters {
  const storeClient = createStoreClient(database)
  const createStored = (keyPrefix: string, points: number, duration: number): RateLimiterPostgres =>
    new RateLimiterPostgres({
      keyPrefix,
      points,
      duration,
      storeClient,
      storeType: 'client',
      schemaName: 'anketa',
      tableName: 'limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      // What is over its limit asks the database no more until the limit's time is over.
      inMemoryBlockOnConsumed: points + 1,
    })
  /** A limiter of a minute. What was counted goes on to count when the limit changes. */
  const createMinute = (keyPrefix: string, limit: () => number): Limiter => {
    const inMemory = new RateLimiterMemory({ keyPrefix, points: limit(), duration: minuteSeconds })
    const limiterNow = createDerived(limit, (points) => {
      if (!database.exclusive) return createStored(keyPrefix, points, minuteSeconds)
      inMemory.points = points
      return inMemory
    })
    return toLimiter(limiterNow)
  }
  const timer = setInterval(() => {
    database.query('delete from anketa.limits where expire < $1', [Date.now()]).catch(() => {
      // The next round deletes them.
    })
  }, cleanupIntervalMs)
  timer.unref()
  const codes = createStored('codes', maxCodes, daySeconds)
  const challenges = createStored('challenges', 1, 2 * challengeSeconds)
  const signIns = createStored('sign-in', maxSignIns, signInSeconds)
  return {
    address: createMinute('address', () => limits().perAddress),
    phone: createMinute('phone', () => limits().perPhone),
    changes: createMinute('changes', () => maxChanges),
    codes: toLimiter(() => codes),
    challenges: toLimiter(() => challenges),
    signIns: toLimiter(() => signIns),
    close: () => clearInterval(timer),
  }
}

function toLimiter(limiter: () => RateLimiterMemory | RateLimiterPostgres): Limiter {
  return {
    async consume(key) {
      try {
        await limiter().consume(key)
        return undefined
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
        throw refusal
      }
    },
    async refund(key) {
      await limiter().reward(key)
    },
  }
}

/** A statement of the library. */
interface Statement {
  readonly text: string
  readonly values?: readonly unknown[]
}

/** The database as the library's store uses it: through the connections, the time limits and the metrics of the relay. */
function createStoreClient(database: Database) {
  return {
    async query({ text, values }: Statement) {
      const rows = await database.query(text, values)
      return { rows, rowCount: rows.length }
    },
  }
}
