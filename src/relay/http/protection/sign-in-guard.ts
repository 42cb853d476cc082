import type { Limiter } from './limiters.ts'
import type { LimitKeys } from './limit-keys.ts'

/** A try to sign in. */
export interface SignInTry {
  /** The client's address, if it is known. */
  readonly ip: string | undefined
  /** The user's name; none for a try with the admin token. */
  readonly name?: string | undefined
}

/** Holds off those who try out passwords. */
export interface SignInGuard {
  /** Counts a try. Returns the seconds to wait if it is one too many. */
  admit(attempt: SignInTry): Promise<number | undefined>
  /** Takes back a try that has succeeded. */
  succeeded(attempt: SignInTry): Promise<void>
}

/**
 * Creates the guard. Tries count for their address and for their name, so that many addresses are of no use. Tries with the
 * admin token, which nobody guesses, count for their address only: nobody keeps its owner out.
 */
export function createSignInGuard(limiter: Limiter, keys: LimitKeys): SignInGuard {
  const keysOf = ({ ip, name }: SignInTry) => [
    ...(ip === undefined ? [] : [keys.address(ip)]),
    ...(name === undefined ? [] : [keys.user(name)]),
  ]
  return {
    async admit(attempt) {
      for (const key of keysOf(attempt)) {
        const seconds = await limiter.consume(key)
        if (seconds !== undefined) return seconds
      }
      return undefined
    },
    async succeeded(attempt) {
      for (const key of keysOf(attempt)) await limiter.refund(key)
    },
  }
}
