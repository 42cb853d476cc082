import type { FieldKind } from './field-kind.ts'
import { plainText } from './plain-text.ts'
import { atMost, textCheck } from './text-check.ts'

/** The number of a house, a building or a flat as people write it: `12к2`, `5/1`, `7А`; up to 10 characters. */
export const houseNumber: FieldKind<string> = {
  control: 'text',
  attributes: { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false },
  check: textCheck('house-format', [/\S/, 'house-format'], atMost(10), [
    /^[0-9А-Яа-яЁёA-Za-z /.-]+$/,
    'house-format',
  ]),
  normalise: plainText,
  format: (number) => number,
}
