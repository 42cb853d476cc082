import type { Clock } from 'pg-boss'
import type { TokenAnswer } from '../providers/provider.ts'

/** Keeps an account's access token, in memory only. */
export interface TokenKeeper {
  /** The token, bought if there is none or it ends soon; whoever asks meanwhile waits for the same purchase. */
  get(): Promise<TokenAnswer>
  /** Forgets a token that a call was turned away for, unless it has been replaced already. */
  drop(accessToken: string): void
}

/** A token is renewed this long before its end, at the latest when a tenth of its time is left. */
const marginMs = 60_000

interface Kept {
  readonly token: Extract<TokenAnswer, { readonly accessToken: string }>
  readonly renewAt: number
  readonly endsAt: number
}

/** Makes a keeper; `buy` makes the call. */
export function createTokenKeeper(buy: () => Promise<TokenAnswer>, clock: Clock): TokenKeeper {
  let kept: Kept | undefined
  let purchase: Promise<TokenAnswer> | undefined

  async function renew(): Promise<TokenAnswer> {
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
    drop(accessToken) {
      if (kept?.token.accessToken === accessToken) kept = undefined
    },
  }
}
