import type { FieldKind } from '../field-kind.ts'
import { extractDigits, signOrFraction, normaliseText } from '../text/plain-text.ts'
import { wholeNumberCheck } from '../text/checks.ts'

/** Money in whole roubles, up to 10 digits, shown in groups of three. */
export const amount: FieldKind<number> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: {
    maxDigits: 10,
    digits: (text) => extractDigits(text).replace(/^0+/, ''),
    parse: parseRoubles,
    ambiguous: signOrFraction,
    format: formatRoubles,
  },
  check: wholeNumberCheck(1, 9_999_999_999, 'amount-format'),
  normalise(text) {
    const digits = parseRoubles(text)
    return digits === undefined ? text : Number(digits)
  },
  format: (value) => formatRoubles(String(value)),
}

/** Digits of "50 000 ₽", "50.000" and "50 000,00"; nothing is guessed from "50,5", "1e5" or "50 тыс". */
function parseRoubles(text: string): string | undefined {
  const plain = normaliseText(text).replace(/ ?(?:₽|руб\.?|р\.)$/i, '')
  return /^(?:\d{1,3}(?:[ .]\d{3})+|\d+)(?:,00?|\.)?$/.test(plain)
    ? extractDigits(plain.replace(/,0+$/, '')).replace(/^0+/, '')
    : undefined
}

/** Groups of three with no-break spaces, so that a number never wraps. */
function formatRoubles(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, '\u00a0')
}
