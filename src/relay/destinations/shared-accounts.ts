import type { Clock } from 'pg-boss'
import type { TokenResult } from '../../providers/core/provider.ts'
import type { Database } from '../database/database.ts'
import type { Leases } from '../database/leases.ts'
import type { Account } from './account.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { createSharedRateLimiter } from './shared-rate-limiter.ts'
import { createSharedToken, type SharedToken } from './shared-tokens.ts'

/** What the relays of a database share about the accounts at providers. */
export interface SharedAccounts {
  createLimiter(account: Account, callsPerMinute: number): RateLimiter
  createToken(account: Account, fetchNew: () => Promise<TokenResult>): SharedToken
}

/** Shares accounts with the other relays of a database; `undefined` if there can be no others. */
export function createSharedAccounts({
  database,
  leases,
  clock,
}: {
  readonly database: Database
  readonly leases: Leases
  readonly clock: Clock
}): SharedAccounts | undefined {
  if (database.exclusive) return undefined
  return {
    createLimiter: ({ shared: { name } }, callsPerMinute) =>
      createSharedRateLimiter({ database, name, callsPerMinute, clock }),
    createToken: ({ shared }, fetchNew) => createSharedToken({ database, leases }, shared, fetchNew),
  }
}
