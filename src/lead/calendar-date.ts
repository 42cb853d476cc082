/**
 * A day of the proleptic Gregorian calendar as `YYYY-MM-DD`, 1900-01-01 or later.
 * Only {@link parseCalendarDate}, {@link isCalendarDate} and the arithmetic below make one, so every such value is a
 * real day.
 */
export type CalendarDate = string & { readonly kind: 'CalendarDate' }

const isoPattern = /^(\d{4})-(\d{2})-(\d{2})$/

/** Returns the date if `text` is a real day from 1900 on, written `YYYY-MM-DD`, otherwise `undefined`. */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  return isCalendarDate(text) ? text : undefined
}

/** Whether `text` is a real day from 1900 on, written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): text is CalendarDate {
  const [year, month, day] = dateParts(text)
  return (
    isoPattern.test(text) &&
    year >= 1900 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  )
}

/** The day `years` later. In a common year 29 February becomes 1 March, as Russian law counts birthdays. */
export function addYears(date: CalendarDate, years: number): CalendarDate {
  const [year, month, day] = dateParts(date)
  const target = year + years
  return day > daysInMonth(target, month)
    ? toCalendarDate(target, month + 1, 1)
    : toCalendarDate(target, month, day)
}

/** The day `days` later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const [year, month, day] = dateParts(date)
  // UTC carries days over into months and years, and has no daylight saving time.
  const moved = new Date(Date.UTC(year, month - 1, day + days))
  return toCalendarDate(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate())
}

/** Moscow's offset from UTC in milliseconds: +03:00 all year since 2014. */
const moscowOffsetMs = 3 * 3_600_000

/** The day that an instant falls on in Moscow. */
export function moscowDate(instant: Date): CalendarDate {
  const moscow = new Date(instant.getTime() + moscowOffsetMs)
  return toCalendarDate(moscow.getUTCFullYear(), moscow.getUTCMonth() + 1, moscow.getUTCDate())
}

/** The instant at which a day begins in Moscow. */
export function moscowMidnight(date: CalendarDate): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) - moscowOffsetMs)
}

/** A `YYYY-MM-DD` date as `dd.mm.yyyy`. */
export function formatRussianDate(date: string): string {
  return date.split('-').reverse().join('.')
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function dateParts(date: string): readonly [year: number, month: number, day: number] {
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = date.split('-').map(Number)
  return [year, month, day]
}

function toCalendarDate(year: number, month: number, day: number): CalendarDate {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (isCalendarDate(text)) return text
  throw new RangeError(`CalendarDate: ${text} is outside of the supported years`)
}

/** An instant in Moscow as `dd.mm.yyyy HH:MM:SS`. */
export function formatMoscowDateTime(instant: Date): string {
  const [day = '', time = ''] = new Date(instant.getTime() + moscowOffsetMs).toISOString().split('T')
  return `${formatRussianDate(day)} ${time.slice(0, 8)}`
}

/** An instant in Moscow in ISO 8601 with its offset: `2026-11-22T12:00:00+03:00`. */
export function formatMoscowIsoTime(instant: Date): string {
  return `${new Date(instant.getTime() + moscowOffsetMs).toISOString().slice(0, 19)}+03:00`
}

const momentPattern =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/

/** Whether `text` is a moment in ISO 8601: a real day, a time and the offset from UTC, as `2026-11-22T12:00:00+03:00`. */
export function isIsoMoment(text: string): boolean {
  const [, date] = momentPattern.exec(text) ?? []
  return date !== undefined && isCalendarDate(date)
}

/** A moment in ISO 8601 for people, with the offset that it has: `22.11.2026 12:00:00, UTC+03:00`. */
export function formatMoment(text: string): string {
  const [, day, time, offset] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)[\d.]*(Z|[+-]\d{2}:\d{2})$/.exec(text) ?? []
  if (day === undefined || offset === undefined) return text
  return `${formatRussianDate(day)} ${time}, UTC${offset === 'Z' ? '' : offset}`
}
