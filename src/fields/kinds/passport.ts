import { type InferOutput, maxLength, object, pipe, regex, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { createDigitMask } from '../mask/digit-mask.ts'
import { formatDigits } from '../mask/masked.ts'
import { fixLookAlikes } from '../text/latin-letters.ts'
import { normalizeWords, straightenQuotes } from '../text/plain-text.ts'

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
const passportMask = createDigitMask(
  passportShape,
  ' ./,№-',
  // People write 45 10 000 050, too. No number before its series has a gap here.
  [2, 4, 7],
  /сери[яи]|номер|паспорт|no?\.?(?=[ \d])|[№#:]/gi,
)

/**
 * Series and number in one input: `45 10 000050`. The series' region and year are not checked: some real series have
 * regions that no list holds.
 */
export const passport: FieldKind<PassportValue> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: passportMask,
  schema: passportSchema,
  normalize(text) {
    const digits = passportMask.parse(text)
    return digits === undefined
      ? text
      : { passportSeries: digits.slice(0, 4), passportNumber: digits.slice(4) }
  },
  format: (value) => formatDigits(passportShape, value.passportSeries + value.passportNumber),
}

const departmentCodeShape = '000-000'
const departmentCodeMask = createDigitMask(departmentCodeShape, ' ./-', [3], /^код[а-я :]*/i)

/** The code of the department that issued a passport, `720-001`. Its third digit is not checked: it may be any. */
export const departmentCode: FieldKind<string> = {
  control: 'text',
  attributes: { inputMode: 'numeric', autoComplete: 'off' },
  mask: departmentCodeMask,
  schema: pipe(string('passport-code-format'), regex(/^\d{3}-\d{3}$/, 'passport-code-format')),
  normalize(text) {
    const digits = departmentCodeMask.parse(text)
    return digits === undefined ? text : formatDigits(departmentCodeShape, digits)
  },
  format: (code) => code,
}

/** Who issued a passport, as printed: Cyrillic letters, digits and `№ . , - ( ) / " «»`, 1–255 characters. */
export const issuer: FieldKind<string> = {
  control: 'lines',
  maxLength: 255,
  attributes: { autoComplete: 'off', autoCapitalize: 'sentences', spellCheck: false },
  schema: pipe(
    string('required'),
    regex(/[\p{L}\p{N}]/u, 'required'),
    maxLength(255, 'text-length'),
    regex(/^[^A-Za-z]*$/, 'text-letters'),
    regex(/^[А-Яа-яЁё0-9 №.,()/"«»'-]+$/, 'text-signs'),
  ),
  normalize: (text) =>
    straightenQuotes(fixLookAlikes(normalizeWords(text)))
      // The sign for "number" on a keyboard without it.
      .replace(/(^| )N(?:o\.?)? ?(?=\d)/gi, '$1№'),
  format: (name) => name,
}
