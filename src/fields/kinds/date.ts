import { guard, pipe, regex, string } from 'valibot'
import { type CalendarDate, formatRussianDate, isCalendarDate } from '../../lead/calendar-date.ts'
import type { FieldKind } from '../field-kind.ts'
import { narrowText, normalizeText } from '../text/plain-text.ts'

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

// `ю` and `б` are the keys of the point and the comma in the other layout.
const separators = /[\s.,/_|·。юб\p{Pd}\u2212]+/giu

/** The digits of a day and a month that keys have written. A separator completes a number of one digit: "5." is "05.". */
function extractTypedDigits(text: string): string | undefined {
  const plain = narrowText(text).replace(separators, '.')
  if (/^\d*$/.test(plain)) return plain
  const [, day, month = '', closed, year = ''] =
    /^(\d\d|[1-9])\.(?:(\d?\d)(?:(\.)(\d{0,4}))?)?$/.exec(plain) ?? []
  if (day === undefined || (closed && month === '0')) return undefined
  return day.padStart(2, '0') + (closed ? month.padStart(2, '0') : month) + year
}

const monthNames = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
]

/** The digits `ddmmyyyy` of a complete date in any usual spelling: three parts, of which only the year has four digits. */
function parseDateDigits(text: string): string | undefined {
  const plain = normalizeText(text)
    .toLowerCase()
    // Midnight, the word for "year", or the end of a sentence.
    .replace(/(?:[t ]0?0:00(?::00(?:\.0+)?)?(?:z|[+-]\d\d:?\d\d)?| ?г(?:\.|ода?)?|[.,])$/, '')
  if (/^\d{8}$/.test(plain)) {
    // Without separators the year may be first. Nothing tells which date is meant.
    return plain.slice(2, 4) <= '12' && plain.slice(4) >= '1900' ? plain : undefined
  }
  const [, first = '', number, word = '', last = ''] =
    /^(\d{1,4})(?:[ .,/_|·。юб-]+(\d\d?)[ .,/_|·。юб-]+|[ .-]*([а-я]{3,})[ .-]*)(\d{1,4})$/.exec(plain) ?? []
  const named = monthNames.findIndex((name) => name.startsWith(word)) + 1
  const month = number ?? (named === 0 ? '' : String(named))
  const [day, year] = first.length === 4 ? [last, first] : [first, last]
  return /^\d\d?$/.test(day) && year.length === 4 && month !== ''
    ? day.padStart(2, '0') + month.padStart(2, '0') + year
    : undefined
}
