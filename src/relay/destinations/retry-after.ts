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
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : parseHttpDate(header, now) - now
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), maxRetryAfterMs)
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The forms of a moment in HTTP (RFC 9110, 5.6.7): the usual one, and the obsolete ones of RFC 850 and of C's asctime. */
const httpDates = [
  /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^[A-Z][a-z]{5,8}, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
]

function parseHttpDate(text: string, now: number): number {
  const parts = httpDates.map((pattern) => pattern.exec(text)?.groups).find(Boolean)
  const { day = '', month: name = '', year = '', time = '' } = parts ?? {}
  const month = months.indexOf(name)
  if (month < 0) return Number.NaN
  const at = (fullYear: number): number =>
    Date.parse(`${fullYear}-${String(month + 1).padStart(2, '0')}-${day.trim().padStart(2, '0')}T${time}Z`)
  if (year.length === 4) return at(Number(year))
  // Two digits are of this century, unless that is more than 50 years ahead.
  const thisYear = new Date(now).getUTCFullYear()
  const candidate = thisYear - (thisYear % 100) + Number(year)
  return at(candidate > thisYear + 50 ? candidate - 100 : candidate)
}
