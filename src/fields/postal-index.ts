import type { FieldKind } from './field-kind.ts'
import { digitsOf, plainText } from './plain-text.ts'
import { textCheck } from './text-check.ts'

/** A Russian postal index: six digits, the first 1 to 6. */
export const postalIndex: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'postal-code' },
  entry: {
    limit: 6,
    keep: digitsOf,
    whole: (text) => /^\d{6}$/.exec(plainText(text))?.[0],
    display: (digits) => digits,
  },
  check: textCheck('postal-index-format', [/^[1-6]\d{5}$/, 'postal-index-format']),
  normalise: plainText,
  format: (index) => index,
}
