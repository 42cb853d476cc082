import type { FieldName } from '../fields/fields.ts'
import { addDays, addYears, type CalendarDate, parseCalendarDate } from '../lead/calendar-date.ts'
import type { IssueCode } from '../lead/issue.ts'
import type { LeadValues } from '../lead/values.ts'

/** What rules need beside the values. */
export interface RuleContext {
  /** The day of the application in Moscow. */
  readonly today: CalendarDate
  readonly minimumAge: number
  readonly maximumAge?: number | undefined
  readonly passportExpiry: 'warn' | 'error'
}

/** A rule's finding: an error blocks, a warning is a remark. */
export interface Finding {
  readonly code: IssueCode
  readonly limit?: number
  readonly warning?: boolean
}

type Rule = (values: LeadValues, context: RuleContext) => Finding | undefined

/** Present passports were introduced on this day (Указ 232 of 13.03.1997, постановление 828). */
const passportIntroduced = parseCalendarDate('1997-10-01')

/** How long an old passport serves after the birthday on which it is to be exchanged (постановление 2267). */
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
    // The other field's value may be wrong, or not even a date where it comes from outside.
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

  // What is rare but real is asked to be looked at again, and passes.
  phone: ({ phone = '' }) =>
    /^\+79(\d)\1{8}$/.test(phone) ? { code: 'phone-equal-digits', warning: true } : undefined,
  lastName: ({ lastName }) => checkNameLength(lastName),
  firstName: ({ firstName }) => checkNameLength(firstName),
}

/** What the rules across fields say of one field. */
export function applyRules(name: FieldName, values: LeadValues, context: RuleContext): Finding | undefined {
  return rules[name]?.(values, context)
}

function checkNameLength(name: string | undefined): Finding | undefined {
  return name?.length === 1 ? { code: 'name-short', warning: true } : undefined
}

/**
 * The last two digits of a series are the year in which the blank was printed: at most the year after the issue, and
 * rarely more than three years before it. Blanks were printed from 1997 on.
 */
function matchesSeriesYear(issued: CalendarDate, series: string | undefined): boolean {
  // The series is another field's, and may be anything where it comes from outside.
  const [, digits] = /^\d\d(\d\d)$/.exec(String(series)) ?? []
  if (digits === undefined) return true
  const two = Number(digits)
  const printed = two >= 97 ? 1900 + two : 2000 + two
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
