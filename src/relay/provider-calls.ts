import type { Clock } from 'pg-boss'
import { type Fetch, perform } from '../delivery/perform.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { HttpRequest, HttpResult, TokenAnswer } from '../providers/provider.ts'
import type { Account } from './account.ts'
import { createRateLimiter, type RateLimiter, type Urgency } from './rate-limiter.ts'
import { createTokenKeeper, type TokenKeeper } from './token-keeper.ts'

/** A provider's answer is waited for this long. */
const providerTimeoutMs = 20_000

/** How long a call waits for its turn before it is put off, and for how long then. */
const patience = {
  person: { waitMs: 10_000, laterSeconds: 2 },
  lead: { waitMs: 0, laterSeconds: 15 },
  background: { waitMs: 0, laterSeconds: 30 },
} as const satisfies Record<Urgency, object>

/** Makes a call whose turn has come; `build` is asked again, with another token, if the first one was refused. */
export type Exchange = (build: (accessToken: string | undefined) => HttpRequest) => Promise<HttpResult>

/** Whether a call may be made now. */
export type Turn =
  | { readonly exchange: Exchange }
  /** There are too many calls at this time: to be put off. */
  | { readonly laterSeconds: number }
  /** There is no token to make it with. */
  | { readonly outcome: Extract<Outcome, { readonly outcome: 'unavailable' | 'refused' }> }

/** All calls to providers: within the rate of their accounts, with the tokens that they need. */
export interface ProviderCalls {
  /** Waits for the turn of a call. To be asked before the call is recorded as begun. */
  turn(account: Account, urgency: Urgency): Promise<Turn>
  /** Ends the waiting. */
  close(): void
}

interface Counter {
  readonly limiter: RateLimiter
  readonly tokens: TokenKeeper | undefined
}

/** Makes the gate that every call to a provider goes through. */
export function createProviderCalls({
  fetch,
  clock,
}: {
  readonly fetch: Fetch
  readonly clock: Clock
}): ProviderCalls {
  const counters = new Map<string, Counter>()
  const call = (request: HttpRequest) => perform(request, { fetch, timeoutMs: providerTimeoutMs })

  function counterOf({ key, callsPerMinute, token }: Account): Counter {
    const known = counters.get(key)
    if (known) return known
    const limiter = createRateLimiter(callsPerMinute, clock)
    const buy = async (): Promise<TokenAnswer> => {
      if (!token) return { problem: 'no token is to be bought', refused: false }
      // Whoever needs a token has had to wait already, and a call without one is worth nothing.
      if (!(await limiter.enter('person', providerTimeoutMs))) {
        return { problem: 'too many calls at this time', refused: false }
      }
      const now = new Date(clock.now())
      return token.outcome(await call(token.request(now)), now)
    }
    const counter = { limiter, tokens: token && createTokenKeeper(buy, clock) }
    counters.set(key, counter)
    return counter
  }

  return {
    async turn(account, urgency) {
      const { limiter, tokens } = counterOf(account)
      const token = await tokens?.get()
      if (token && 'problem' in token) return { outcome: withoutToken(token) }
      const { waitMs, laterSeconds } = patience[urgency]
      if (!(await limiter.enter(urgency, waitMs))) return { laterSeconds }
      return {
        async exchange(build) {
          const result = await call(build(token?.accessToken))
          if (!tokens || !token || !account.isTokenRefused(result)) return result
          // A call that was turned away for its token has done nothing, so it may be made once more.
          tokens.drop(token.accessToken)
          const other = await tokens.get()
          if ('problem' in other || !(await limiter.enter('person', patience.person.waitMs))) return result
          return call(build(other.accessToken))
        },
      }
    },
    close() {
      for (const { limiter } of counters.values()) limiter.close()
    },
  }
}

function withoutToken({ problem, refused }: Extract<TokenAnswer, { readonly problem: string }>) {
  const reason = `no access token: ${problem}`
  return refused
    ? ({ outcome: 'refused', reason } as const)
    : ({ outcome: 'unavailable', reason, mayHaveArrived: false } as const)
}
