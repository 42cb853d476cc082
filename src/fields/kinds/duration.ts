import { extractDigits, normalizeText, signOrFraction } from '../text/plain-text.ts'
import { wholeNumber } from './whole-number.ts'

/** A term in whole days, 1–9999. */
export const term = wholeNumber(1, 9999, 'term-format', {
  shape: '0000',
  digits: (text) => extractDigits(text).replace(/^0+/, ''),
  parse: (text) =>
    /^(\d{1,4})(?: ?(?:дн|дней|дня|день))?\.?$/i.exec(normalizeText(text))?.[1]?.replace(/^0+/, ''),
  ambiguous: signOrFraction,
})

/** A period in whole months, 0–900. */
export const months = wholeNumber(0, 900, 'months-format', {
  shape: '000',
  digits: extractDigits,
  parse: (text) => /^(\d{1,3})(?: ?мес(?:яц|яца|яцев)?)?\.?$/i.exec(normalizeText(text))?.[1],
  ambiguous: signOrFraction,
})
