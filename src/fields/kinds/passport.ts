import { type InferOutput, maxLength, object, pipe, regex, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { formatDigits } from '../mask/masked.ts'
import { extractDigits, normalizeText, normalizeWords } from '../text/plain-text.ts'

const passportSchema = object(
  {
    passportSeries: pipe(string('passport-format'), regex(/^\d{4}$/, 'passport-format')),
    passportNumber: pipe(
      string('passport-format'),
      regex(/^\d{6}$/, 'passport-format'),
      regex(/[1-9]/, 'passport-number-zeros'),
    ),
  },
  'passport-format',
)

/** Series (4 digits) and number (6 digits) of a Russian internal passport: strings, leading zeros are significant. */
export type PassportValue = InferOutput<typeof passportSchema>

const passportShape = '00 00 000000'

/**
 * Series and number in one input: `45 10 000050`. The series' region and year are not checked: some real series have
 * regions that no list holds.
 */
export const passport: FieldKind<PassportValue> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: { shape: passportShape, digits: extractDigits, parse: parsePassportDigits },
  schema: passportSchema,
  normalize(text) {
    const digits = parsePassportDigits(text)
    return digits === undefined
      ? text
      : { passportSeries: digits.slice(0, 4), passportNumber: digits.slice(4) }
  },
  format: (value) => formatDigits(passportShape, value.passportSeries + value.passportNumber),
}

function parsePassportDigits(text: string): string | undefined {
  // NFKC turns № into "No".
  const plain = normalizeText(text)
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
  schema: pipe(string('passport-code-format'), regex(/^\d{3}-\d{3}$/, 'passport-code-format')),
  normalize(text) {
    const digits = parseDepartmentCodeDigits(text)
    return digits === undefined ? text : formatDigits(departmentCodeShape, digits)
  },
  format: (code) => code,
}

function parseDepartmentCodeDigits(text: string): string | undefined {
  const plain = normalizeText(text)
  return /^\d{3}[ -]*\d{3}$/.test(plain) ? extractDigits(plain) : undefined
}

/** Who issued a passport, as printed: Cyrillic letters, digits and `№ . , - ( ) / " «»`, 1–255 characters. */
export const issuer: FieldKind<string> = {
  control: 'lines',
  attributes: { autoComplete: 'off', autoCapitalize: 'sentences', spellCheck: false },
  schema: pipe(
    string('required'),
    regex(/\S/, 'required'),
    maxLength(255, 'text-length'),
    regex(/^[А-Яа-яЁё0-9 №.,()/"«»'-]+$/, 'text-letters'),
  ),
  normalize: normalizeWords,
  format: (name) => name,
}
