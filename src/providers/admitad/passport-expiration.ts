import { addDays, addYears, type CalendarDate, parseCalendarDate } from '../../lead/calendar-date.ts'
import type { LeadValues } from '../../lead/values.ts'

/** How long a passport serves after the birthday on which it is to be exchanged (постановление 2267). */
const graceDays = 90

/**
 * The last day of a Russian internal passport, which has none printed: 90 days after the next birthday, 20th or 45th, on
 * which it is to be exchanged. Nothing where the holder's exchanges are over, or the dates are not known.
 */
export function passportExpiration({ birthDate, passportIssuedDate }: LeadValues): CalendarDate | undefined {
  const birth = parseCalendarDate(String(birthDate))
  const issued = parseCalendarDate(String(passportIssuedDate))
  if (!birth || !issued) return undefined
  const birthday = [20, 45].map((age) => addYears(birth, age)).find((day) => day > issued)
  return birthday && addDays(birthday, graceDays)
}
