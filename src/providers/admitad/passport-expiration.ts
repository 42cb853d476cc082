import { addDays, addYears, type CalendarDate } from '../../lead/calendar-date.ts'
import type { LeadValues } from '../../lead/values.ts'

/** How long a passport serves after the birthday on which it is to be exchanged (постановление 2267). */
const graceDays = 90

/**
 * The last day of a Russian internal passport, which has none printed: 90 days after the next birthday, 20th or 45th, on
 * which it is to be exchanged. Nothing where the holder's exchanges are over, or the dates are not known.
 */
export function passportExpiration({ birthDate, passportIssuedDate }: LeadValues): CalendarDate | undefined {
  if (birthDate === undefined || passportIssuedDate === undefined) return undefined
  const birthday = [20, 45].map((age) => addYears(birthDate, age)).find((day) => day > passportIssuedDate)
  return birthday && addDays(birthday, graceDays)
}
