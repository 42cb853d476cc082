import type { FieldKind } from './field-kind.ts'
import { plainWords } from './plain-text.ts'
import { atMost, textCheck } from './text-check.ts'

/** Who issued a passport, as printed in it: Cyrillic, digits and `№ . , - ( ) / " «»`, 1–255 characters. */
export const issuer: FieldKind<string> = {
  control: 'lines',
  attributes: { autoComplete: 'off', autoCapitalize: 'sentences', spellCheck: false },
  check: textCheck('required', [/\S/, 'required'], atMost(255), [
    /^[А-Яа-яЁё0-9 №.,()/"«»'-]+$/,
    'text-letters',
  ]),
  normalise: plainWords,
  format: (name) => name,
}
