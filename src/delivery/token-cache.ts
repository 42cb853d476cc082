import type { Outcome } from '../lead/outcome.ts'
import type { TokenResult } from '../providers/core/provider.ts'

/** An access token for one account, kept in memory only. */
export interface TokenCache {
  /** The token, fetched if there is none or it is about to expire. Concurrent calls share one request. */
  get(): Promise<TokenResult>
  /** Forgets a token that a call was rejected for, unless it has been replaced already. */
  invalidate(accessToken: string): void
}

/** Why there is no access token. Holds no credential. */
export type NoAccessToken = Extract<TokenResult, { readonly problem: string }>

/** The outcome of a call that was not made, because there is no access token for it. */
export function missingTokenOutcome({
  problem,
  refused,
}: NoAccessToken): Extract<Outcome, { readonly outcome: 'unavailable' | 'refused' }> {
  const reason = `no access token: ${problem}`
  return refused ? { outcome: 'refused', reason } : { outcome: 'unavailable', reason, mayHaveArrived: false }
}

/** A token is renewed this long before it expires, but not before nine tenths of its lifetime have passed. */
const marginMs = 60_000

interface CachedToken {
  readonly token: Extract<TokenResult, { readonly accessToken: string }>
  readonly renewAt: number
  readonly expiresAt: number
}

/** Creates a cache. `now` is in milliseconds. */
export function createTokenCache(fetchToken: () => Promise<TokenResult>, now: () => number): TokenCache {
  let cached: CachedToken | undefined
  let pending: Promise<TokenResult> | undefined

  async function renew(): Promise<TokenResult> {
    const requestedAt = now()
    const token = await fetchToken()
    if ('accessToken' in token) {
      const lifetimeMs = token.expiresInSeconds * 1000
      const expiresAt = requestedAt + lifetimeMs
      cached = { token, expiresAt, renewAt: expiresAt - Math.min(marginMs, lifetimeMs / 10) }
      return token
    }
    // A token that is about to expire is better than none.
    return cached && now() < cached.expiresAt ? cached.token : token
  }

  return {
    async get() {
      if (cached && now() < cached.renewAt) return cached.token
      pending ??= renew().finally(() => {
        pending = undefined
      })
      return pending
    },
    invalidate(accessToken) {
      if (cached?.token.accessToken === accessToken) cached = undefined
    },
  }
}
