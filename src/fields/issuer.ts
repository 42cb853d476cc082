import { maxLength, pipe, regex, string } from 'valibot'
import type { FieldKind } from './field-kind.ts'
import { plainWords } from './plain-text.ts'

/** Who issued a passport, as printed in it: Cyrillic, digits and `№ . , - ( ) / " «»`, 1–255 characters. */
export const issuer: FieldKind<string> = {
  control: 'lines',
  attributes: { autoComplete: 'off', autoCapitalize: 'sentences', spellCheck: false },
  schema: pipe(
    string('required'),
    regex(/\S/, 'required'),
    maxLength(255, 'text-length'),
    regex(/^[А-Яа-яЁё0-9 №.,()/"«»'-]+$/, 'text-letters'),
  ),
  normalise: plainWords,
  format: (name) => name,
}
