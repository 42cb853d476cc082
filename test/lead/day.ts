import { type CalendarDate, parseCalendarDate } from '../../src/lead/calendar-date.ts'

/** Parses a date such as `22.11.2026`. Throws if there is no such day. */
export function day(russian: string): CalendarDate {
  const date = parseCalendarDate(russian.split('.').reverse().join('-'))
  if (date === undefined) throw new RangeError(`day: expected a real day as dd.mm.yyyy, got ${russian}`)
  return date
}
