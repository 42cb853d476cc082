import type { HttpResult } from '../../providers/core/context.ts'

/** The longest pause that a provider can ask for: a mistake in its header must not stop deliveries for days. */
export const maxRetryAfterMs: number = 3600 * 1000

/**
 * For how many milliseconds a provider wants no further calls, from the `Retry-After` of an answer 429 or 503: seconds, or
 * a moment as HTTP writes it. Bounded by {@link maxRetryAfterMs}; 0 if it does not say so.
 */
export function retryAfterMs(result: HttpResult, now: number): number {
  if ('failure' in result || (result.status !== 429 && result.status !== 503)) return 0
  const header = result.retryAfter?.trim() ?? ''
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : parseHttpDate(header) - now
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), maxRetryAfterMs)
}

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

function parseHttpDate(text: string): number {
  return httpDate.test(text) ? Date.parse(text) : Number.NaN
}
