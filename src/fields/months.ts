import type { FieldKind } from './field-kind.ts'
import { digitsOf, notWhole, plainText } from './plain-text.ts'
import { wholeNumber } from './whole-number.ts'

/** A length of service in whole months, 0–900. */
export const months: FieldKind<number> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  entry: {
    limit: 3,
    keep: digitsOf,
    whole: wholeMonths,
    unclear: notWhole,
    display: (digits) => digits,
  },
  check: wholeNumber(0, 900, 'months-format'),
  normalise(text) {
    const digits = wholeMonths(text)
    return digits === undefined ? text : Number(digits)
  },
  format: String,
}

function wholeMonths(text: string): string | undefined {
  return /^(\d{1,3})(?: ?мес(?:яц|яца|яцев)?)?\.?$/i.exec(plainText(text))?.[1]
}
