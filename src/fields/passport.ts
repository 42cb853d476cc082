import { check, object, pipe, regex, string } from 'valibot'
import type { FieldKind } from './field-kind.ts'
import { pattern } from './pattern.ts'
import { digitsOf, plainText } from './plain-text.ts'

/** Series (4 digits) and number (6 digits) of a Russian internal passport; strings, as leading zeros matter. */
export type PassportValue = {
  readonly passportSeries: string
  readonly passportNumber: string
}

const show = pattern('00 00 000000')

/**
 * Series and number typed as one: `45 10 000050`. No region or year is checked in the series: real series exist that
 * no list of regions has.
 */
export const passport: FieldKind<PassportValue> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  entry: {
    limit: 10,
    keep: digitsOf,
    whole: tenDigits,
    display: show,
  },
  schema: object(
    {
      passportSeries: pipe(string('passport-format'), regex(/^\d{4}$/, 'passport-format')),
      passportNumber: pipe(
        string('passport-format'),
        regex(/^\d{6}$/, 'passport-format'),
        check((number) => number !== '000000', 'passport-number-zeros'),
      ),
    },
    'passport-format',
  ),
  normalise(text) {
    const digits = tenDigits(text)
    return digits === undefined
      ? text
      : { passportSeries: digits.slice(0, 4), passportNumber: digits.slice(4) }
  },
  format: (value) => show(value.passportSeries + value.passportNumber),
}

function tenDigits(text: string): string | undefined {
  // NFKC writes № as "No".
  const plain = plainText(text)
    .replace(/серия|номер|паспорт|no\.?|[№#n,:]/giu, ' ')
    .trim()
  const digits = digitsOf(plain)
  return /^[\d\s-]+$/.test(plain) && digits.length === 10 ? digits : undefined
}
