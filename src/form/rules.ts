import type { FieldName } from '../fields/fields.ts'
import { addDays, addYears, type CalendarDate, parseCalendarDate } from '../lead/calendar-date.ts'
import type { IssueCode } from '../lead/issue.ts'
import type { LeadValues } from '../lead/values.ts'

/** What rules need in addition to the values. */
export interface RuleContext {
  /** The date of the application in Moscow. */
  readonly today: CalendarDate
  readonly minimumAge: number
  readonly maximumAge?: number | undefined
  readonly passportExpiry: 'warn' | 'error'
}

/** What a rule found. An error blocks the form, a warning does not. */
export interface Finding {
  readonly code: IssueCode
  readonly limit?: number
  readonly warning?: boolean
}

type Rule = (values: LeadValues, context: RuleContext) => Finding | undefined

/** The day on which the current passports were introduced (Указ 232 of 13.03.1997, постановление 828). */
const passportIntroduced = parseCalendarDate('1997-10-01')

/** How long a passport stays valid after the birthday on which it must be replaced (постановление 2267). */
const graceDays = 90

const rules: Partial<Record<FieldName, Rule>> = {
  birthDate(values, { today, minimumAge, maximumAge }) {
    const birth = values.birthDate
    if (!birth) return undefined
    if (birth > today) return { code: 'date-future' }
    if (addYears(birth, minimumAge) > today) return { code: 'age-minimum', limit: minimumAge }
    if (maximumAge !== undefined && addYears(birth, maximumAge + 1) <= today) {
      return { code: 'age-maximum', limit: maximumAge }
    }
    return undefined
  },

  passportIssuedDate(values, { today, passportExpiry }) {
    const { passportIssuedDate: issued } = values
    if (!issued) return undefined
    if (issued > today) return { code: 'date-future' }
    if (passportIntroduced && issued < passportIntroduced) return { code: 'passport-before-1997' }
    // The other field's value may be invalid: in values from outside not even a date.
    const birth = parseCalendarDate(String(values.birthDate))
    if (!birth || birth > today) return undefined
    if (issued < addYears(birth, 14)) return { code: 'passport-before-14' }
    const warning = passportExpiry === 'warn'
    if (isPassportOutdated(45, birth, issued, today)) return { code: 'passport-expired-at-45', warning }
    if (isPassportOutdated(20, birth, issued, today)) return { code: 'passport-expired-at-20', warning }
    return matchesSeriesYear(issued, values.passportSeries)
      ? undefined
      : { code: 'passport-series-year', warning: true }
  },

  passportExpirationDate({ passportExpirationDate: expires }, { today, passportExpiry }) {
    if (!expires || expires >= today) return undefined
    return { code: 'passport-expired', warning: passportExpiry === 'warn' }
  },

  jobStartDate({ jobStartDate: start }, { today }) {
    return start && start > today ? { code: 'date-future' } : undefined
  },

  // Rare but real values give a warning.
  phone: ({ phone = '' }) =>
    /^\+79(\d)\1{8}$/.test(phone) ? { code: 'phone-equal-digits', warning: true } : undefined,
  lastName: ({ lastName }) => checkNameLength(lastName),
  firstName: ({ firstName }) => checkNameLength(firstName),
  middleName: ({ middleName }) => checkNameLength(middleName),
}

/** Applies the rules that need other fields or the date to one field. */
export function applyRules(name: FieldName, values: LeadValues, context: RuleContext): Finding | undefined {
  return rules[name]?.(values, context)
}

function checkNameLength(name: string | undefined): Finding | undefined {
  return name?.length === 1 ? { code: 'name-short', warning: true } : undefined
}

/**
 * The last two digits of a series are the year in which the form was printed, 1997 or later: at most one year after the
 * date of issue, rarely more than three years before it.
 */
function matchesSeriesYear(issued: CalendarDate, series: string | undefined): boolean {
  // The series is another field's value and may be invalid.
  const [, digits] = /^\d\d(\d\d)$/.exec(String(series)) ?? []
  if (digits === undefined) return true
  const twoDigitYear = Number(digits)
  const printed = twoDigitYear >= 97 ? 1900 + twoDigitYear : 2000 + twoDigitYear
  const year = Number(issued.slice(0, 4))
  return printed <= year + 1 && printed >= year - 3
}

function isPassportOutdated(
  age: number,
  birth: CalendarDate,
  issued: CalendarDate,
  today: CalendarDate,
): boolean {
  const exchange = addYears(birth, age)
  return issued < exchange && today > addDays(exchange, graceDays)
}
