import type { Lead } from '../../lead/lead.ts'
import type { LeadIdentity } from '../../lead/lead-identity.ts'
import type * as relayRequests from '../../delivery/relay-requests.ts'
import type { Fetch } from '../../delivery/send-http.ts'
import { timeoutSignal } from '../../delivery/timeout-signal.ts'

/** A lead that is not finished, and the id of the step that the person is at. */
export type UnfinishedLead = Lead & { readonly partial: true; readonly step: string }

/**
 * What has become of a request. `settled`: it is done, or cannot be done. `erased`: the relay has erased the lead, and
 * never takes its id again. Otherwise it is to be sent again after some milliseconds.
 */
export type PartialResult = 'settled' | 'erased' | { readonly retryAfterMs: number }

/** Stores partial leads at a relay, and withdraws them. Never throws. */
export interface PartialClient {
  send(lead: UnfinishedLead): Promise<PartialResult>
  withdraw(identity: LeadIdentity): Promise<PartialResult>
}

/** Creates the client for the address of a relay's form. */
export function createPartialClient(
  relay: string,
  { fetch, requests }: { readonly fetch: Fetch; readonly requests: typeof relayRequests },
  timeoutMs = 20_000,
): PartialClient {
  async function request(url: string, init: RequestInit): Promise<PartialResult | 'challenge'> {
    const { signal, stop } = timeoutSignal(timeoutMs)
    try {
      // With keepalive the request is sent even if the person closes the page now.
      const response = await fetch(url, { ...init, keepalive: true, credentials: 'omit', signal })
      const { status, headers } = response
      if (status === 429 && (await response.text()).includes('"challenge"')) return 'challenge'
      if (status === 204 || status === 410) return 'erased'
      if (status < 500 && status !== 429 && status !== 408) return 'settled'
      return { retryAfterMs: Number(headers.get('retry-after')) * 1000 || 0 }
    } catch {
      return { retryAfterMs: 0 }
    } finally {
      stop()
    }
  }

  async function send(lead: Lead): Promise<PartialResult | 'challenge'> {
    const { url, ...init } = requests.createLeadRequest(relay, lead)
    return request(url, init)
  }

  return {
    async send(lead) {
      const first = await send(lead)
      if (first !== 'challenge') return first
      const { solveRelayChallenge } = await import('../../delivery/challenge.chunk.ts').catch(() => ({
        solveRelayChallenge: undefined,
      }))
      const challenge = await solveRelayChallenge?.(`${relay}/challenge`, fetch)
      const second = challenge === undefined ? first : await send({ ...lead, challenge })
      return second === 'challenge' ? 'settled' : second
    },
    async withdraw({ id, key }) {
      const result = await request(`${relay}/leads/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${key}` },
      })
      return result === 'challenge' ? 'settled' : result
    },
  }
}
