import type { FieldKind } from '../field-kind.ts'
import { extractDigits, normaliseText, signOrFraction } from '../text/plain-text.ts'
import { wholeNumberCheck } from '../text/checks.ts'

/** A term in whole days, 1–9999. */
export const term: FieldKind<number> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: {
    shape: '0000',
    digits: (text) => extractDigits(text).replace(/^0+/, ''),
    parse: parseDays,
    ambiguous: signOrFraction,
  },
  check: wholeNumberCheck(1, 9999, 'term-format'),
  normalise(text) {
    const digits = parseDays(text)
    return digits === undefined ? text : Number(digits)
  },
  format: String,
}

function parseDays(text: string): string | undefined {
  return /^(\d{1,4})(?: ?(?:дн|дней|дня|день))?\.?$/i.exec(normaliseText(text))?.[1]?.replace(/^0+/, '')
}

/** A period in whole months, 0–900. */
export const months: FieldKind<number> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: {
    shape: '000',
    digits: extractDigits,
    parse: parseMonths,
    ambiguous: signOrFraction,
  },
  check: wholeNumberCheck(0, 900, 'months-format'),
  normalise(text) {
    const digits = parseMonths(text)
    return digits === undefined ? text : Number(digits)
  },
  format: String,
}

function parseMonths(text: string): string | undefined {
  return /^(\d{1,3})(?: ?мес(?:яц|яца|яцев)?)?\.?$/i.exec(normaliseText(text))?.[1]
}
