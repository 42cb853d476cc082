import { check, pipe, regex, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { createDigitMask } from '../mask/digit-mask.ts'
import { normalizeText } from '../text/plain-text.ts'

const weights11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const weights12 = [3, ...weights11]

// Threes, fours, or the parts of the number: region, office, person, check digits.
const innMask = createDigitMask('000000000000', ' -', [2, 3, 4, 6, 8, 9, 10], /^инн[ :№]*/i)

/**
 * INN of a person, the taxpayer number: 12 digits, the last two of which are check digits. Ten digits are the INN of an
 * organisation.
 */
export const inn: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: innMask,
  schema: pipe(
    string('inn-format'),
    check((number) => !/^\d{10}$/.test(number), 'inn-organisation'),
    regex(/^\d{12}$/, 'inn-format'),
    check(hasCheckDigits, 'inn-control'),
  ),
  normalize: (text) => innMask.parse(text) ?? normalizeText(text),
  format: (number) => number,
}

function hasCheckDigits(number: string): boolean {
  const checkDigit = (weights: readonly number[]): number =>
    (weights.reduce((sum, weight, index) => sum + weight * Number(number[index]), 0) % 11) % 10
  // The first two digits are a region's code, never 00. Without this rule twelve zeros would pass.
  return (
    !number.startsWith('00') &&
    checkDigit(weights11) === Number(number[10]) &&
    checkDigit(weights12) === Number(number[11])
  )
}
