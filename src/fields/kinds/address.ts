import type { FieldKind } from '../field-kind.ts'
import { extractDigits, normaliseText } from '../text/plain-text.ts'
import { maxLengthRule, textCheck } from '../text/checks.ts'

/** The number of a house, building or flat: `12к2`, `5/1`, `7А`; up to 10 characters. */
export const houseNumber: FieldKind<string> = {
  control: 'text',
  attributes: { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false },
  check: textCheck('house-format', [/\S/, 'house-format'], maxLengthRule(10), [
    /^[0-9А-Яа-яЁёA-Za-z /.-]+$/,
    'house-format',
  ]),
  normalise: normaliseText,
  format: (number) => number,
}

/** A Russian postal index: six digits, the first of them 1–6. */
export const postalIndex: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'postal-code' },
  mask: {
    shape: '000000',
    digits: extractDigits,
    parse: (text) => /^\d{6}$/.exec(normaliseText(text))?.[0],
  },
  check: textCheck('postal-index-format', [/^[1-6]\d{5}$/, 'postal-index-format']),
  normalise: normaliseText,
  format: (index) => index,
}
