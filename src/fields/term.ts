import { integer, maxValue, minValue, number, pipe } from 'valibot'
import type { FieldKind } from './field-kind.ts'
import { digitsOf, plainText } from './plain-text.ts'

/** A term in whole days, 1–9999. */
export const term: FieldKind<number> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  entry: {
    limit: 4,
    keep: (text) => digitsOf(text).replace(/^0+/, ''),
    whole: days,
    display: (digits) => digits,
  },
  schema: pipe(
    number('term-format'),
    integer('term-format'),
    minValue(1, 'term-format'),
    maxValue(9999, 'term-format'),
  ),
  normalise(text) {
    const digits = days(text)
    return digits === undefined ? text : Number(digits)
  },
  format: String,
}

function days(text: string): string | undefined {
  return /^(\d{1,4})(?: ?(?:дн\.?|дней|дня|день))?$/i.exec(plainText(text))?.[1]?.replace(/^0+/, '')
}
