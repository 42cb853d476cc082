import { formatRussianDate } from './calendar-date.ts'

/** `dd.mm.yyyy HH:MM:SS` of an instant in Moscow, whose offset is +03:00 all year. */
export function moscowDateTime(instant: Date): string {
  const [day = '', time = ''] = new Date(instant.getTime() + 3 * 3_600_000).toISOString().split('T')
  return `${formatRussianDate(day)} ${time.slice(0, 8)}`
}

/** The same in ISO 8601 with its offset: `2026-11-22T12:00:00+03:00`. */
export function moscowIsoTime(instant: Date): string {
  return `${new Date(instant.getTime() + 3 * 3_600_000).toISOString().slice(0, 19)}+03:00`
}
