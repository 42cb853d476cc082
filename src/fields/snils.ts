import type { FieldKind } from './field-kind.ts'
import { pattern } from './pattern.ts'
import { digitsOf, plainText } from './plain-text.ts'
import { textCheck } from './text-check.ts'

const show = pattern('000-000-000 00')

/** Numbers up to this one were given out without a control sum. */
const lastUnchecked = '001001998'

/**
 * SNILS, a person's number in the pension insurance: 11 digits, canonical `XXX-XXX-XXX YY`. The last two are a control
 * sum of the rest (rule of the Pension Fund, published with the example 112-233-445 95).
 */
export const snils: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  entry: { limit: 11, keep: digitsOf, whole: elevenDigits, display: show },
  check: textCheck(
    'snils-format',
    [/^\d{3}-\d{3}-\d{3} \d\d$/, 'snils-format'],
    [(number) => hasControlSum(digitsOf(number)), 'snils-control'],
  ),
  normalise(text) {
    const digits = elevenDigits(text)
    return digits === undefined ? text : show(digits)
  },
  format: (number) => number,
}

function hasControlSum(digits: string): boolean {
  const number = digits.slice(0, 9)
  if (number === '000000000') return false
  if (number <= lastUnchecked) return true
  const sum = number.split('').reduce((total, digit, index) => total + Number(digit) * (9 - index), 0)
  return (sum % 101) % 100 === Number(digits.slice(9))
}

function elevenDigits(text: string): string | undefined {
  const plain = plainText(text)
  return /^\d{3}[ -]?\d{3}[ -]?\d{3}[ -]?\d\d$/.test(plain) ? digitsOf(plain) : undefined
}
