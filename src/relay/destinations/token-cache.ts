import type { Clock } from 'pg-boss'
import type { TokenResult } from '../../providers/core/provider.ts'

/** Keeps an account's access token, in memory only. */
export interface TokenCache {
  /** The token, bought if there is none or it ends soon; whoever asks meanwhile waits for the same purchase. */
  get(): Promise<TokenResult>
  /** Forgets a token that a call was turned away for, unless it has been replaced already. */
  invalidate(accessToken: string): void
}

/** A token is renewed this long before its end, at the latest when a tenth of its time is left. */
const marginMs = 60_000

interface CachedToken {
  readonly token: Extract<TokenResult, { readonly accessToken: string }>
  readonly renewAt: number
  readonly endsAt: number
}

/** Makes a keeper; `buy` makes the call. */
export function createTokenCache(buy: () => Promise<TokenResult>, clock: Clock): TokenCache {
  let kept: CachedToken | undefined
  let purchase: Promise<TokenResult> | undefined

  async function renew(): Promise<TokenResult> {
    const now = clock.now()
    const answer = await buy()
    if ('accessToken' in answer) {
      const lifeMs = answer.expiresInSeconds * 1000
      kept = { token: answer, endsAt: now + lifeMs, renewAt: now + lifeMs - Math.min(marginMs, lifeMs / 10) }
      return answer
    }
    // One that is about to end is better than none.
    return kept && clock.now() < kept.endsAt ? kept.token : answer
  }

  return {
    async get() {
      if (kept && clock.now() < kept.renewAt) return kept.token
      purchase ??= renew().finally(() => {
        purchase = undefined
      })
      return purchase
    },
    invalidate(accessToken) {
      if (kept?.token.accessToken === accessToken) kept = undefined
    },
  }
}
