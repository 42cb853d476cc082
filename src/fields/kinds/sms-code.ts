import { maxLength, pipe, regex, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { normalizeText } from '../text/plain-text.ts'

/** The code from a text message. One input without a mask: several inputs or a mask break a phone's code autofill. */
export const smsCode: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'one-time-code' },
  schema: pipe(
    string('code-format'),
    regex(/^\d*$/, 'code-format'),
    // Not `minLength`, which would be the only thing that this file shares with another one.
    regex(/^.{3}/, 'code-short'),
    maxLength(8, 'code-long'),
  ),
  normalize(text) {
    // Groups of two or three digits, and the same code twice. A longer or shorter group is another number.
    const plain = normalizeText(text).replace(/\d{1,12}(?:[ -]{1,3}\d{1,12})+/g, (run) =>
      /^(?:\d\d(?:\D+\d\d)+|\d{3}(?:\D+\d{3})+|(\d+)\D+\1)$/.test(run) ? run.replace(/\D/g, '') : run,
    )
    // In a pasted message the code is the only word with digits. If there are several, none is taken.
    const [code, ...others] = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => /\d/.test(word))
    if (code === undefined || others.length > 0) return plain
    // Phones are known to fill a code in twice.
    return code.replace(/^(\d{4,8})\1$/, '$1')
  },
  format: (code) => code,
}
