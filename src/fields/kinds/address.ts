import { maxLength, pipe, regex, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { createDigitMask } from '../mask/digit-mask.ts'
import { normalizeText, straightenQuotes } from '../text/plain-text.ts'

/** The number of a house, building or flat: `12к2`, `5/1`, `7А`; up to 10 characters. */
export const houseNumber: FieldKind<string> = {
  control: 'text',
  maxLength: 10,
  attributes: { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false },
  schema: pipe(
    string('house-format'),
    regex(/[0-9A-Za-zА-Яа-яЁё]/, 'house-format'),
    maxLength(10, 'text-length'),
    regex(/^[0-9А-Яа-яЁёA-Za-z "«»/.-]*[0-9А-Яа-яЁёA-Za-z"»]$/, 'house-format'),
  ),
  normalize: (text) =>
    straightenQuotes(normalizeText(text))
      .replace(/^(?:№|N(?=[ \d])) ?| ?[.,]$/g, '')
      .replace(/\\/g, '/'),
  format: (number) => number,
}

const indexMask = createDigitMask('000000', ' ', [3])

/** A Russian postal index: six digits, the first of them 1–6. */
export const postalIndex: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'postal-code' },
  mask: indexMask,
  schema: pipe(string('postal-index-format'), regex(/^[1-6]\d{5}$/, 'postal-index-format')),
  normalize: (text) => indexMask.parse(text) ?? normalizeText(text),
  format: (index) => index,
}
