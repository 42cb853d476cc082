import { formatRussianDate } from './calendar-date.ts'

/** `dd.mm.yyyy HH:MM:SS` of an instant in Moscow, whose offset is +03:00 all year. */
export function moscowDateTime(instant: Date): string {
  const [day = '', time = ''] = new Date(instant.getTime() + 3 * 3_600_000).toISOString().split('T')
  return `${formatRussianDate(day)} ${time.slice(0, 8)}`
}
