import { extractDigits, normalizeText, signOrFraction } from '../text/plain-text.ts'
import { wholeNumber } from './whole-number.ts'

const maxDigits = 10

/** Money in whole roubles, up to 10 digits, shown in groups of three. */
export const amount = wholeNumber(1, 9_999_999_999, 'amount-format', {
  shape: maxDigits,
  digits: (text) => extractDigits(text).replace(/^0+/, ''),
  parse: parseRoubles,
  ambiguous: signOrFraction,
})

/** The digits of "50 000 ₽", "50.000" and "50 000,00"; `undefined` for "50,5", "1e5", "50 тыс" and more than 10 digits. */
function parseRoubles(text: string): string | undefined {
  const plain = normalizeText(text).replace(/ ?(?:₽|руб\.?|р\.)$/i, '')
  if (!/^(?:\d{1,3}(?:[ .]\d{3})+|\d+)(?:,00?|\.)?$/.test(plain)) return undefined
  const digits = extractDigits(plain.replace(/,0+$/, '')).replace(/^0+/, '')
  return digits.length <= maxDigits ? digits : undefined
}
