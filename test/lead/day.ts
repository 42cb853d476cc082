import { type CalendarDate, parseCalendarDate } from '../../src/lead/calendar-date.ts'

/** A day written as Russians write it, `22.11.2026`; throws when there is no such day. */
export function day(russian: string): CalendarDate {
  const date = parseCalendarDate(russian.split('.').reverse().join('-'))
  if (date === undefined) throw new RangeError(`day: expected a real day as dd.mm.yyyy, got ${russian}`)
  return date
}
