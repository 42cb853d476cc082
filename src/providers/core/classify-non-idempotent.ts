import type { Outcome } from '../../lead/outcome.ts'
import type { HttpResult } from './context.ts'

/**
 * What a call that must not be repeated came to, where its answer is none of those that the document shows: sent again
 * only if the provider has certainly not taken the lead.
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
  // Turned away at the door: too slow, too many requests, out of service.
  if (status === 408 || status === 429 || status === 503) {
    return { outcome: 'unavailable', reason, mayHaveArrived: false }
  }
  // It succeeded or failed after it had been taken up; nobody knows how far it came.
  if ((status >= 200 && status < 300) || status >= 500) {
    return { outcome: 'uncertain', reason: `${reason}, not a documented answer` }
  }
  return { outcome: 'unreadable', reason: `${reason}, not a documented answer`, mayHaveArrived: false }
}
