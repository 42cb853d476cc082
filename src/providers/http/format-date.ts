import { formatMoscowIsoTime } from '../../lead/calendar-date.ts'

/** Parts of a pattern; quoted text stands for itself. */
const token = /'([^']*)'|yyyy|yy|dd|MM|HH|mm|ss|xxx/g

/** Writes an instant in Moscow's time by a pattern, `dd.MM.yyyy HH:mm:ss`; `unix` is the number of seconds since 1970. */
export function formatDate(instant: Date, pattern: string): string | number {
  if (pattern === 'unix') return Math.floor(instant.getTime() / 1000)
  const [year = '', month = '', day = '', hour = '', minute = '', second = '', zone = ''] =
    /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(.*)$/.exec(formatMoscowIsoTime(instant))?.slice(1) ?? []
  const parts: Readonly<Record<string, string>> = {
    yyyy: year,
    yy: year.slice(-2),
    MM: month,
    dd: day,
    HH: hour,
    mm: minute,
    ss: second,
    xxx: zone,
  }
  return pattern.replace(token, (part, quoted: string | undefined) => quoted ?? parts[part] ?? part)
}
