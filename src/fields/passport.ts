import type { FieldKind } from './field-kind.ts'
import { pattern } from './pattern.ts'
import { digitsOf, plainText } from './plain-text.ts'
import { textCheck } from './text-check.ts'

/** Series (4 digits) and number (6 digits) of a Russian internal passport; strings, as leading zeros matter. */
export type PassportValue = {
  readonly passportSeries: string
  readonly passportNumber: string
}

const show = pattern('00 00 000000')
const checkSeries = textCheck('passport-format', [/^\d{4}$/, 'passport-format'])
const checkNumber = textCheck(
  'passport-format',
  [/^\d{6}$/, 'passport-format'],
  [(number) => number !== '000000', 'passport-number-zeros'],
)

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
  check(candidate) {
    const parts: { readonly [part in keyof PassportValue]?: unknown } = Object(candidate)
    const series = checkSeries(parts.passportSeries)
    if ('code' in series) return series
    const number = checkNumber(parts.passportNumber)
    if ('code' in number) return number
    return { value: { passportSeries: series.value, passportNumber: number.value } }
  },
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
