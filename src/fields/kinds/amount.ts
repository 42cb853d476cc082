import type { FieldKind } from '../field-kind.ts'
import { formatDigits } from '../mask/masked.ts'
import { extractDigits, signOrFraction, normaliseText } from '../text/plain-text.ts'
import { wholeNumberCheck } from '../text/checks.ts'

const maxDigits = 10

/** Money in whole roubles, up to 10 digits, shown in groups of three. */
export const amount: FieldKind<number> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: {
    shape: maxDigits,
    digits: (text) => extractDigits(text).replace(/^0+/, ''),
    parse: parseRoubles,
    ambiguous: signOrFraction,
  },
  check: wholeNumberCheck(1, 9_999_999_999, 'amount-format'),
  normalise(text) {
    const digits = parseRoubles(text)
    return digits === undefined ? text : Number(digits)
  },
  format: (value) => formatDigits(maxDigits, String(value)),
}

/** The digits of "50 000 ₽", "50.000" and "50 000,00"; `undefined` for "50,5", "1e5", "50 тыс" and more than 10 digits. */
function parseRoubles(text: string): string | undefined {
  const plain = normaliseText(text).replace(/ ?(?:₽|руб\.?|р\.)$/i, '')
  if (!/^(?:\d{1,3}(?:[ .]\d{3})+|\d+)(?:,00?|\.)?$/.test(plain)) return undefined
  const digits = extractDigits(plain.replace(/,0+$/, '')).replace(/^0+/, '')
  return digits.length <= maxDigits ? digits : undefined
}
