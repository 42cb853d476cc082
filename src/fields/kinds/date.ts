import { guard, pipe, regex, string } from 'valibot'
import { type CalendarDate, formatRussianDate, isCalendarDate } from '../../lead/calendar-date.ts'
import type { FieldKind } from '../field-kind.ts'
import { narrowText } from '../text/plain-text.ts'

/**
 * A day, typed as `dd.mm.yyyy`, canonical `YYYY-MM-DD`. Accepts any separators, none, month names, and the year first
 * (browsers fill in ISO); years have four digits. The mask is a plain digit pattern: date masks drop digits during editing.
 */
export const date: FieldKind<CalendarDate> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: { shape: '00.00.0000', digits: extractTypedDigits, parse: parseDateDigits },
  schema: pipe(
    string('date-incomplete'),
    regex(/^\d{4}-\d\d-\d\d$/, 'date-incomplete'),
    guard(isCalendarDate, 'date-unreal'),
  ),
  normalize(text) {
    const digits = parseDateDigits(text)
    return digits === undefined ? text : `${digits.slice(4)}-${digits.slice(2, 4)}-${digits.slice(0, 2)}`
  },
  format: formatRussianDate,
}

/** A text with each run of separators as a point. `ю` and `б` are the keys of the point and the comma in the other layout. */
function withPoints(text: string): string {
  return narrowText(text)
    .toLowerCase()
    .replace(/(\d)[юб]+/g, '$1.')
    .replace(/[\s.,/_|·。\p{Pd}\u2212]+/gu, '.')
}

/** The digits of a day and a month that keys have written. A separator completes a number of one digit: "5." is "05.". */
function extractTypedDigits(text: string): string | undefined {
  const plain = withPoints(text)
  if (/^\d*$/.test(plain)) return plain
  const [, day, month = '', closed, year = ''] =
    /^(\d\d|[1-9])\.(?:(\d?\d)(?:(\.)(\d{0,4}))?)?$/.exec(plain) ?? []
  if (day === undefined || (closed && month === '0')) return undefined
  return day.padStart(2, '0') + (closed ? month.padStart(2, '0') : month) + year
}

/** The names of the months in the case that dates use. They may be abbreviated. */
const monthNames = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(
  ' ',
)

/** The digits `ddmmyyyy` of a complete date in any usual spelling: three parts, of which only the year has four digits. */
function parseDateDigits(text: string): string | undefined {
  // Midnight, the word for "year", or a stop may follow.
  const plain = withPoints(text.trim()).replace(/(?:[.t]0?0:00[:.0]*z?|\.?г(?:ода)?\.?|\.)$/, '')
  // Without separators the year may be first. Nothing tells which date is meant.
  if (/^\d\d(?:0\d|1[0-2])(?:19|[2-9]\d)\d\d$/.test(plain)) return plain
  const [, first = '', number, word = '', last = ''] =
    /^(\d{1,4})(?:\.(\d\d?)\.|\.?([а-я]{3,8})\.?)(\d{1,4})$/.exec(plain) ?? []
  const month = number ?? String(monthNames.findIndex((name) => word && name.startsWith(word)) + 1)
  const [day, year] = first.length === 4 ? [last, first] : [first, last]
  return /^\d\d?$/.test(day) && year.length === 4 && month !== '0'
    ? day.padStart(2, '0') + month.padStart(2, '0') + year
    : undefined
}
