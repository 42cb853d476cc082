import type { FieldKind } from './field-kind.ts'
import { digitsOf, notWhole, plainText } from './plain-text.ts'
import { wholeNumber } from './whole-number.ts'

/** A term in whole days, 1–9999. */
export const term: FieldKind<number> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  entry: {
    limit: 4,
    keep: (text) => digitsOf(text).replace(/^0+/, ''),
    whole: days,
    unclear: notWhole,
    display: (digits) => digits,
  },
  check: wholeNumber(1, 9999, 'term-format'),
  normalise(text) {
    const digits = days(text)
    return digits === undefined ? text : Number(digits)
  },
  format: String,
}

function days(text: string): string | undefined {
  return /^(\d{1,4})(?: ?(?:дн|дней|дня|день))?\.?$/i.exec(plainText(text))?.[1]?.replace(/^0+/, '')
}
