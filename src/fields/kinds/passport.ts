import type { FieldKind } from '../field-kind.ts'
import { formatDigits } from '../mask/masked.ts'
import { extractDigits, normaliseText, normaliseWords } from '../text/plain-text.ts'
import { maxLengthRule, textCheck } from '../text/checks.ts'

/** Series (4 digits) and number (6 digits) of a Russian internal passport: strings, leading zeros are significant. */
export type PassportValue = {
  readonly passportSeries: string
  readonly passportNumber: string
}

const passportShape = '00 00 000000'
const checkSeries = textCheck('passport-format', [/^\d{4}$/, 'passport-format'])
const checkNumber = textCheck(
  'passport-format',
  [/^\d{6}$/, 'passport-format'],
  [(number) => number !== '000000', 'passport-number-zeros'],
)

/**
 * Series and number in one input: `45 10 000050`. The series' region and year are not checked: some real series have
 * regions that no list holds.
 */
export const passport: FieldKind<PassportValue> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: { shape: passportShape, digits: extractDigits, parse: parsePassportDigits },
  check(candidate) {
    const parts: { readonly [part in keyof PassportValue]?: unknown } = Object(candidate)
    const series = checkSeries(parts.passportSeries)
    if ('code' in series) return series
    const number = checkNumber(parts.passportNumber)
    if ('code' in number) return number
    return { value: { passportSeries: series.value, passportNumber: number.value } }
  },
  normalise(text) {
    const digits = parsePassportDigits(text)
    return digits === undefined
      ? text
      : { passportSeries: digits.slice(0, 4), passportNumber: digits.slice(4) }
  },
  format: (value) => formatDigits(passportShape, value.passportSeries + value.passportNumber),
}

function parsePassportDigits(text: string): string | undefined {
  // NFKC turns № into "No".
  const plain = normaliseText(text)
    .replace(/серия|номер|паспорт|no\.?|[№#n,:]/giu, ' ')
    .trim()
  const digits = extractDigits(plain)
  return /^[\d\s-]+$/.test(plain) && digits.length === 10 ? digits : undefined
}

const departmentCodeShape = '000-000'

/** The code of the department that issued a passport, `720-001`. Its third digit is not checked: it may be any. */
export const departmentCode: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: { shape: departmentCodeShape, digits: extractDigits, parse: parseDepartmentCodeDigits },
  check: textCheck('passport-code-format', [/^\d{3}-\d{3}$/, 'passport-code-format']),
  normalise(text) {
    const digits = parseDepartmentCodeDigits(text)
    return digits === undefined ? text : formatDigits(departmentCodeShape, digits)
  },
  format: (code) => code,
}

function parseDepartmentCodeDigits(text: string): string | undefined {
  const plain = normaliseText(text)
  return /^\d{3}[ -]*\d{3}$/.test(plain) ? extractDigits(plain) : undefined
}

/** Who issued a passport, as printed: Cyrillic letters, digits and `№ . , - ( ) / " «»`, 1–255 characters. */
export const issuer: FieldKind<string> = {
  control: 'lines',
  attributes: { autoComplete: 'off', autoCapitalize: 'sentences', spellCheck: false },
  check: textCheck('required', [/\S/, 'required'], maxLengthRule(255), [
    /^[А-Яа-яЁё0-9 №.,()/"«»'-]+$/,
    'text-letters',
  ]),
  normalise: normaliseWords,
  format: (name) => name,
}
