/**
 * A day of the proleptic Gregorian calendar as `YYYY-MM-DD`, 1900-01-01 or later.
 * Only {@link parseCalendarDate} and the arithmetic below make one, so holding it means it is real.
 */
export type CalendarDate = string & { readonly kind: 'CalendarDate' }

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/

/** Returns the date if `text` is a real day written `YYYY-MM-DD` from 1900 on, else `undefined`. */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  return isCalendarDate(text) ? text : undefined
}

/** Whether `text` is a real day written `YYYY-MM-DD` from 1900 on. */
export function isCalendarDate(text: string): text is CalendarDate {
  const [year, month, day] = numbers(text)
  return (
    pattern.test(text) && year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  )
}

/** The day `years` later; 29 February falls on 1 March in a common year, as birthdays do in Russian law. */
export function addYears(date: CalendarDate, years: number): CalendarDate {
  const [year, month, day] = numbers(date)
  const target = year + years
  return day > daysIn(target, month) ? write(target, month + 1, 1) : write(target, month, day)
}

/** The day `days` later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const [year, month, day] = numbers(date)
  // UTC carries the overflow of days into months and years, and has no time zone to trip over.
  const moved = new Date(Date.UTC(year, month - 1, day + days))
  return write(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate())
}

/** The day that an instant falls on in Moscow, whose offset has been +03:00 all year since 2014. */
export function moscowDate(instant: Date): CalendarDate {
  const moscow = new Date(instant.getTime() + 3 * 3_600_000)
  return write(moscow.getUTCFullYear(), moscow.getUTCMonth() + 1, moscow.getUTCDate())
}

/** The date as Russian forms and providers write it: `dd.mm.yyyy`. */
export function formatRussianDate(date: string): string {
  return date.split('-').reverse().join('.')
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function numbers(date: string): readonly [year: number, month: number, day: number] {
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = date.split('-').map(Number)
  return [year, month, day]
}

function write(year: number, month: number, day: number): CalendarDate {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (isCalendarDate(text)) return text
  throw new RangeError(`CalendarDate: ${text} is outside of the supported years`)
}
