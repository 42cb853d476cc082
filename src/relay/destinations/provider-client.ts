import type { Clock } from 'pg-boss'
import { type Fetch, sendHttp } from '../../delivery/send-http.ts'
import { createTokenCache, missingTokenOutcome, type TokenCache } from '../../delivery/token-cache.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { TokenResult } from '../../providers/core/provider.ts'
import type { HttpRequest, HttpResult } from '../../providers/core/context.ts'
import type { Account } from './account.ts'
import { elapsedMs } from '../runtime/elapsed-time.ts'
import type { AccountPauses } from './account-pauses.ts'
import type { SharedAccounts } from './shared-accounts.ts'
import type { SharedToken } from './shared-tokens.ts'
import { signRequest } from './sign-request.ts'
import { createRateLimiter, type RateLimiter, type Priority } from './rate-limiter.ts'
import { retryAfterMs } from './retry-after.ts'

/** How long a provider's answer is waited for. */
const providerTimeoutMs = 20_000

/** How long a call waits for a permit, and after how long it is retried if it did not get one. */
const waitLimits = {
  person: { waitMs: 10_000, retryAfterSeconds: 2 },
  lead: { waitMs: 0, retryAfterSeconds: 15 },
  background: { waitMs: 0, retryAfterSeconds: 30 },
} as const satisfies Record<Priority, object>

/** Makes a call. `build` runs a second time, with another token, if the first token was rejected. */
export type SendRequest = (build: (accessToken: string | undefined) => HttpRequest) => Promise<HttpResult>

/** Whether a call may be made now, and how. */
export type Permit =
  | { readonly send: SendRequest }
  /** The rate limit is reached, or the provider has asked for a pause: retry the call later. */
  | { readonly retryAfterSeconds: number }
  /** There is no access token for the call. */
  | { readonly outcome: Extract<Outcome, { readonly outcome: 'unavailable' | 'refused' }> }

/** Makes all calls to providers, within the rate limits of their accounts and with their access tokens. */
export interface ProviderClient {
  /** Waits for a permit. Call this before the attempt is recorded. */
  acquire(account: Account, priority: Priority): Promise<Permit>
  /** Forgets the limits and tokens of all accounts but these. */
  retain(accounts: Iterable<string>): void
  /** Ends all waiting for permits. */
  close(): void
}

interface AccountLimits {
  readonly limiter: RateLimiter
  readonly tokenCache: TokenCache | undefined
  readonly sharedToken: SharedToken | undefined
}

/** Creates the client. */
export function createProviderClient({
  fetch,
  publicFetch,
  clock,
  pauses,
  sharedAccounts,
}: {
  readonly fetch: Fetch
  /** Calls addresses that the operator chose, and refuses those of private networks. */
  readonly publicFetch: Fetch
  readonly clock: Clock
  readonly pauses: Pick<AccountPauses, 'remainingMs' | 'begin'>
  /** Keeps limits and tokens together with other relays. By default they are this process's own. */
  readonly sharedAccounts?: SharedAccounts | undefined
}): ProviderClient {
  const limitsByAccount = new Map<string, AccountLimits>()

  async function send({ key, isPublicOnly }: Account, request: HttpRequest): Promise<HttpResult> {
    const result = await sendHttp(signRequest(request, clock.now()), {
      fetch: isPublicOnly ? publicFetch : fetch,
      timeoutMs: providerTimeoutMs,
    })
    const pauseMs = retryAfterMs(result, clock.now())
    if (pauseMs > 0) pauses.begin(key, pauseMs)
    return result
  }

  function limitsOf(account: Account): AccountLimits {
    const { key, callsPerMinute, token } = account
    const existing = limitsByAccount.get(key)
    if (existing) return existing
    const limiter =
      sharedAccounts && callsPerMinute !== undefined
        ? sharedAccounts.createLimiter(account, callsPerMinute)
        : createRateLimiter(callsPerMinute, clock)
    const fetchToken = async (): Promise<TokenResult> => {
      if (!token) return { problem: 'the provider has no tokens', refused: false }
      // The calls that need the token are waiting for it, so it has the highest priority.
      if (!(await limiter.acquire('person', providerTimeoutMs))) {
        return { problem: 'too many calls at this time', refused: false }
      }
      const context = { now: new Date(clock.now()) }
      return token.outcome(await send(account, token.request(context)), context)
    }
    const sharedToken = token && sharedAccounts?.createToken(account, fetchToken)
    const limits = {
      limiter,
      sharedToken,
      tokenCache: token && createTokenCache(sharedToken?.fetch ?? fetchToken, () => elapsedMs(clock)),
    }
    limitsByAccount.set(key, limits)
    return limits
  }

  function pausedSeconds({ key }: Account): { readonly retryAfterSeconds: number } | undefined {
    const ms = pauses.remainingMs(key)
    return ms > 0 ? { retryAfterSeconds: Math.ceil(ms / 1000) } : undefined
  }

  return {
    async acquire(account, priority) {
      const { limiter, tokenCache, sharedToken } = limitsOf(account)
      const paused = pausedSeconds(account)
      if (paused) return paused
      const token = await tokenCache?.get()
      if (token && 'problem' in token) {
        return pausedSeconds(account) ?? { outcome: missingTokenOutcome(token) }
      }
      const { waitMs, retryAfterSeconds } = waitLimits[priority]
      if (!(await limiter.acquire(priority, waitMs))) return { retryAfterSeconds }
      // Another call may have been answered meanwhile.
      const pausedMeanwhile = pausedSeconds(account)
      if (pausedMeanwhile) return pausedMeanwhile
      return {
        async send(build) {
          const result = await send(account, build(token?.accessToken))
          if (!tokenCache || !token || !account.isTokenRejected(result)) return result
          // A call whose token was rejected has done nothing, so it may be repeated once with another token.
          tokenCache.invalidate(token.accessToken)
          sharedToken?.reject(token.accessToken)
          const renewed = await tokenCache.get()
          if ('problem' in renewed || !(await limiter.acquire('person', waitLimits.person.waitMs)))
            return result
          return send(account, build(renewed.accessToken))
        },
      }
    },
    retain(accounts) {
      const kept = new Set(accounts)
      for (const account of limitsByAccount.keys()) if (!kept.has(account)) limitsByAccount.delete(account)
    },
    close() {
      for (const { limiter } of limitsByAccount.values()) limiter.close()
    },
  }
}
