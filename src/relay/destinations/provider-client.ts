import type { Clock } from 'pg-boss'
import { type Fetch, sendHttp } from '../../delivery/send-http.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { TokenResult } from '../../providers/core/provider.ts'
import type { HttpRequest, HttpResult } from '../../providers/core/context.ts'
import type { Account } from './account.ts'
import { createRateLimiter, type RateLimiter, type Priority } from './rate-limiter.ts'
import { createTokenCache, type TokenCache } from './token-cache.ts'

/** A provider's answer is waited for this long. */
const providerTimeoutMs = 20_000

/** How long a call waits for its turn before it is put off, and for how long then. */
const waitLimits = {
  person: { waitMs: 10_000, laterSeconds: 2 },
  lead: { waitMs: 0, laterSeconds: 15 },
  background: { waitMs: 0, laterSeconds: 30 },
} as const satisfies Record<Priority, object>

/** Makes a call whose turn has come; `build` is asked again, with another token, if the first one was refused. */
export type SendRequest = (build: (accessToken: string | undefined) => HttpRequest) => Promise<HttpResult>

/** Whether a call may be made now. */
export type Permit =
  | { readonly exchange: SendRequest }
  /** There are too many calls at this time: to be put off. */
  | { readonly laterSeconds: number }
  /** There is no token to make it with. */
  | { readonly outcome: Extract<Outcome, { readonly outcome: 'unavailable' | 'refused' }> }

/** All calls to providers: within the rate of their accounts, with the tokens that they need. */
export interface ProviderClient {
  /** Waits for the turn of a call. To be asked before the call is recorded as begun. */
  acquire(account: Account, urgency: Priority): Promise<Permit>
  /** Ends the waiting. */
  close(): void
}

interface AccountLimits {
  readonly limiter: RateLimiter
  readonly tokenCache: TokenCache | undefined
}

/** Makes the gate that every call to a provider goes through. */
export function createProviderClient({
  fetch,
  clock,
}: {
  readonly fetch: Fetch
  readonly clock: Clock
}): ProviderClient {
  const counters = new Map<string, AccountLimits>()
  const call = (request: HttpRequest) => sendHttp(request, { fetch, timeoutMs: providerTimeoutMs })

  function counterOf({ key, callsPerMinute, token }: Account): AccountLimits {
    const known = counters.get(key)
    if (known) return known
    const limiter = createRateLimiter(callsPerMinute, clock)
    const buy = async (): Promise<TokenResult> => {
      if (!token) return { problem: 'no token is to be bought', refused: false }
      // Whoever needs a token has had to wait already, and a call without one is worth nothing.
      if (!(await limiter.acquire('person', providerTimeoutMs))) {
        return { problem: 'too many calls at this time', refused: false }
      }
      const now = new Date(clock.now())
      return token.outcome(await call(token.request(now)), now)
    }
    const counter = { limiter, tokenCache: token && createTokenCache(buy, clock) }
    counters.set(key, counter)
    return counter
  }

  return {
    async acquire(account, urgency) {
      const { limiter, tokenCache } = counterOf(account)
      const token = await tokenCache?.get()
      if (token && 'problem' in token) return { outcome: missingTokenOutcome(token) }
      const { waitMs, laterSeconds } = waitLimits[urgency]
      if (!(await limiter.acquire(urgency, waitMs))) return { laterSeconds }
      return {
        async exchange(build) {
          const result = await call(build(token?.accessToken))
          if (!tokenCache || !token || !account.isTokenRefused(result)) return result
          // A call that was turned away for its token has done nothing, so it may be made once more.
          tokenCache.invalidate(token.accessToken)
          const other = await tokenCache.get()
          if ('problem' in other || !(await limiter.acquire('person', waitLimits.person.waitMs)))
            return result
          return call(build(other.accessToken))
        },
      }
    },
    close() {
      for (const { limiter } of counters.values()) limiter.close()
    },
  }
}

function missingTokenOutcome({ problem, refused }: Extract<TokenResult, { readonly problem: string }>) {
  const reason = `no access token: ${problem}`
  return refused
    ? ({ outcome: 'refused', reason } as const)
    : ({ outcome: 'unavailable', reason, mayHaveArrived: false } as const)
}
