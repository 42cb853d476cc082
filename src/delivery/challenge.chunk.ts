import { type Challenge, type Solution, solveChallenge } from 'altcha-lib'
import { stringifyJson } from '../lead/stringify-json.ts'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import type { Fetch } from './send-http.ts'
import { timeoutSignal } from './timeout-signal.ts'

/** The first solutions of the rows that are tried at a time. */
const rowStarts = [0, 1, 2, 3]

/**
 * Gets a relay's challenge and solves it; returns the payload that a lead carries, or `undefined` if that is not possible
 * here. Loaded where a relay asks for it.
 * Browsers do the work beside the page's own thread: WebCrypto is asynchronous. A worker would do no more, and a page
 * whose script comes from another host, or whose policy has `require-trusted-types-for`, could not start it.
 */
export async function solveRelayChallenge(
  url: string,
  fetch: Fetch,
  timeoutMs = 60_000,
): Promise<string | undefined> {
  // Pages without https have no WebCrypto.
  if (!globalThis.isSecureContext) return undefined
  const { signal, stop } = timeoutSignal(timeoutMs)
  try {
    const response = await fetch(url, { credentials: 'omit', signal })
    if (!response.ok) return undefined
    const challenge: Challenge = await response.json()
    const solution = await solve(challenge, timeoutMs)
    return solution ? btoa(stringifyJson({ challenge, solution })) : undefined
  } catch {
    return undefined
  } finally {
    stop()
  }
}

/** Tries the solutions in several rows at a time. */
async function solve(challenge: Challenge, timeout: number): Promise<Solution | null> {
  const controller = new AbortController()
  const rows = rowStarts.map((counterStart) =>
    solveChallenge({
      challenge,
      controller,
      counterStart,
      counterStep: rowStarts.length,
      deriveKey,
      timeout,
    }),
  )
  try {
    return await Promise.race(rows)
  } finally {
    controller.abort()
  }
}
