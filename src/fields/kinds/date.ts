import { guard, pipe, regex, string } from 'valibot'
import { type CalendarDate, formatRussianDate, isCalendarDate } from '../../lead/calendar-date.ts'
import type { FieldKind } from '../field-kind.ts'
import { extractDigits, normalizeText } from '../text/plain-text.ts'

/**
 * A day, typed as `dd.mm.yyyy`, canonical `YYYY-MM-DD`. Accepts any separator, none, and ISO (browsers fill in ISO); years
 * have four digits. The mask is a plain digit pattern: date masks drop digits during editing.
 */
export const date: FieldKind<CalendarDate> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: {
    shape: '00.00.0000',
    digits: (text) =>
      extractDigits(
        text
          // A separator completes a one-digit day or month: "5." is "05.", "05.9." is "05.09.".
          .replace(/^(\d)[./ -]$/, '0$1')
          .replace(/^(\d\d)\.(\d)[./ -]$/, '$10$2'),
      ),
    parse: parseDateDigits,
  },
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

/** The digits `ddmmyyyy` of a complete date in any usual spelling. */
function parseDateDigits(text: string): string | undefined {
  const plain = normalizeText(text)
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(plain)
  if (iso) return `${iso[3]}${iso[2]}${iso[1]}`
  const parts = /^(\d{1,2})([./ -])(\d{1,2})\2(\d{4})$/.exec(plain) ?? /^(\d\d)()(\d\d)(\d{4})$/.exec(plain)
  return parts ? `${parts[1]?.padStart(2, '0')}${parts[3]?.padStart(2, '0')}${parts[4]}` : undefined
}
