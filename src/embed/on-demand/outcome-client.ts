import type { Fetch } from '../../delivery/send-http.ts'
import { timeoutSignal } from '../../delivery/timeout-signal.ts'
import type { FinalOutcome } from '../../lead/delivery.ts'
import type { LeadIdentity } from '../../lead/lead-identity.ts'
import { publicOutcomes } from '../../lead/outcome.ts'

/**
 * What a relay says of a lead. `correct`: it waits for corrections. `absent`: the relay has no finished lead of this id.
 * `closed`: the relay tells nothing about it. `unreachable`: the relay has not answered.
 */
export type KnownOutcome =
  | { readonly outcome: FinalOutcome }
  | 'correct'
  | 'absent'
  | 'closed'
  | 'unreachable'

/** Asks a relay for the outcome of a lead. Never throws. */
export async function askOutcome(
  relay: string,
  { id, key }: LeadIdentity,
  fetch: Fetch,
  timeoutMs = 15_000,
): Promise<KnownOutcome> {
  const { signal, stop } = timeoutSignal(timeoutMs)
  try {
    const response = await fetch(`${relay}/leads/${id}`, {
      headers: { authorization: `Bearer ${key}` },
      cache: 'no-store',
      credentials: 'omit',
      signal,
    })
    const body: unknown = await response.json()
    return readOutcome(response.status, Object(body))
  } catch {
    return 'unreachable'
  } finally {
    stop()
  }
}

/** The fields of an answer, unchecked: something other than a relay may have answered. */
interface OutcomeAnswer {
  readonly outcome?: unknown
  readonly partial?: unknown
  readonly error?: { readonly code?: unknown }
}

function readOutcome(status: number, { outcome, partial, error }: OutcomeAnswer): KnownOutcome {
  if (status === 404 && error?.code === 'unknown-lead') return 'absent'
  const known = publicOutcomes.find((name) => name === outcome)
  // The early lead has arrived, but not the finished one.
  if (known && partial === true) return 'absent'
  if (known) return known === 'invalid' ? 'correct' : { outcome: known }
  return error && status < 500 && status !== 429 ? 'closed' : 'unreachable'
}
