import { check, pipe, regex, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { createDigitMask } from '../mask/digit-mask.ts'
import { formatDigits } from '../mask/masked.ts'
import { extractDigits } from '../text/plain-text.ts'

const snilsShape = '000-000-000 00'
const snilsMask = createDigitMask(snilsShape, ' .-', [3, 6, 9], /^снилс[ :№]*/i)

/** Numbers up to this one were issued without check digits. */
const lastUnchecked = '001001998'

/**
 * SNILS, the pension insurance number: 11 digits, canonical `XXX-XXX-XXX YY`. The last two are check digits (rule of the
 * Pension Fund, published with the example 112-233-445 95).
 */
export const snils: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: snilsMask,
  schema: pipe(
    string('snils-format'),
    regex(/^\d{3}-\d{3}-\d{3} \d\d$/, 'snils-format'),
    check((number) => hasCheckDigits(extractDigits(number)), 'snils-control'),
  ),
  normalize(text) {
    const digits = snilsMask.parse(text)
    return digits === undefined ? text : formatDigits(snilsShape, digits)
  },
  format: (number) => number,
}

function hasCheckDigits(digits: string): boolean {
  const number = digits.slice(0, 9)
  if (number === '000000000') return false
  if (number <= lastUnchecked) return true
  const sum = number.split('').reduce((total, digit, index) => total + Number(digit) * (9 - index), 0)
  return (sum % 101) % 100 === Number(digits.slice(9))
}
