import type { FieldKind } from './field-kind.ts'
import { digitsOf, notWhole, plainText } from './plain-text.ts'
import { wholeNumber } from './whole-number.ts'

/** Money in whole roubles, up to 10 digits, shown in groups of three. */
export const amount: FieldKind<number> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  entry: {
    limit: 10,
    keep: (text) => digitsOf(text).replace(/^0+/, ''),
    whole: roubles,
    unclear: notWhole,
    display: grouped,
  },
  check: wholeNumber(1, 9_999_999_999, 'amount-format'),
  normalise(text) {
    const digits = roubles(text)
    return digits === undefined ? text : Number(digits)
  },
  format: (value) => grouped(String(value)),
}

/** Digits of "50 000 ₽", "50.000" and "50 000,00"; nothing is guessed from "50,5", "1e5" or "50 тыс". */
function roubles(text: string): string | undefined {
  const plain = plainText(text).replace(/ ?(?:₽|руб\.?|р\.)$/i, '')
  return /^(?:\d{1,3}(?:[ .]\d{3})+|\d+)(?:,00?|\.)?$/.test(plain)
    ? digitsOf(plain.replace(/,0+$/, '')).replace(/^0+/, '')
    : undefined
}

/** Groups of three with no-break spaces, so that a number never wraps. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, '\u00a0')
}
