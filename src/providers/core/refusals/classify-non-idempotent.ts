import type { Outcome } from '../../../lead/outcome.ts'
import type { HttpResult } from '../context.ts'

/**
 * The outcome of a call that must not be repeated, for responses that the document does not show. The lead is sent
 * again only if the provider certainly has not accepted it.
 */
export function classifyNonIdempotent(result: HttpResult): Outcome {
  if ('failure' in result) {
    const reason = `no answer: ${result.failure}`
    return result.sent
      ? { outcome: 'uncertain', reason }
      : { outcome: 'unavailable', reason, mayHaveArrived: false }
  }
  const { status } = result
  const reason = `status ${status}`
  if (status === 401 || status === 403) return { outcome: 'refused', reason }
  // Rejected before processing: too slow, too many requests, out of service.
  if (status === 408 || status === 429 || status === 503) {
    return { outcome: 'unavailable', reason, mayHaveArrived: false }
  }
  // Processing began, and whether the lead was stored is unknown.
  if ((status >= 200 && status < 300) || status >= 500) {
    return { outcome: 'uncertain', reason: `${reason}, not a documented answer` }
  }
  return { outcome: 'unreadable', reason: `${reason}, not a documented answer`, mayHaveArrived: false }
}

/**
 * The outcome of a refusal in words, of a call that must not be repeated; without one, that of the response. Where the words
 * leave open whether the provider has the lead, a person finds out.
 */
export function settleNonIdempotent(refusal: Outcome | undefined, result: HttpResult): Outcome {
  if (!refusal) return classifyNonIdempotent(result)
  return refusal.outcome === 'unavailable' && refusal.mayHaveArrived
    ? { outcome: 'uncertain', reason: refusal.reason }
    : refusal
}
