import type { FieldKind } from './field-kind.ts'
import { pattern } from './pattern.ts'
import { digitsOf, plainText } from './plain-text.ts'
import { textCheck } from './text-check.ts'

const show = pattern('000-000')

/** The code of the department that issued a passport, `720-001`. The third digit is not checked: real codes have any. */
export const departmentCode: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  entry: {
    limit: 6,
    keep: digitsOf,
    whole: sixDigits,
    display: show,
  },
  check: textCheck('passport-code-format', [/^\d{3}-\d{3}$/, 'passport-code-format']),
  normalise(text) {
    const digits = sixDigits(text)
    return digits === undefined ? text : show(digits)
  },
  format: (code) => code,
}

function sixDigits(text: string): string | undefined {
  const plain = plainText(text)
  return /^\d{3}[ -]*\d{3}$/.test(plain) ? digitsOf(plain) : undefined
}
