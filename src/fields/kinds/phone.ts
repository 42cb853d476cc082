import { pipe, regex, string } from 'valibot'
import type { FieldKind } from '../field-kind.ts'
import { formatDigits } from '../mask/masked.ts'
import { extractDigits, normalizeText } from '../text/plain-text.ts'

const nationalLength = 10
const phoneShape = '+7 000 000-00-00'

const russianNumber = pipe(
  string('phone-incomplete'),
  regex(/^\+\d*$/, 'phone-incomplete'),
  regex(/^\+7/, 'phone-foreign'),
  regex(/^\+7\d{10}$/, 'phone-incomplete'),
)

/**
 * A Russian mobile number, `+79XXXXXXXXX`. Mobile codes are 900–999; 6xx and 7xx after +7 belong to Kazakhstan, the
 * rest are landlines and service numbers. Accepts all usual spellings: 8…, 7…, +7…, bare 9…, `tel:`, 00 7…, 8 10 7…,
 * and a repeated prefix.
 */
export const phone: FieldKind<string> = {
  control: 'text',
  attributes: { type: 'tel', inputMode: 'tel', autoComplete: 'tel' },
  mask: { shape: phoneShape, digits: extractNationalDigits, parse: parseNationalNumber },
  schema: pipe(russianNumber, regex(/^\+7[^67]/, 'phone-foreign'), regex(/^\+79/, 'phone-not-mobile')),
  normalize(text) {
    const digits = parseNationalNumber(text)
    if (digits !== undefined) return `+7${digits}`
    const plain = normalizeText(text)
    return /^\+[1-69]|^\+7[67]/.test(plain) ? `+${extractDigits(plain)}` : plain
  },
  format: (number) => formatDigits(phoneShape, number.slice(2)),
}

/** The digits of an incomplete number without its prefix, whether the mask or the person wrote it, or both. */
function extractNationalDigits(text: string): string | undefined {
  const plain = normalizeText(text)
  if (!/^(?:\+?[78][\s(-]*)?(?:\+[78])?[\d\s()./_-]*$/.test(plain)) return undefined
  return extractDigits(plain)
    .replace(/^(?:00|810)?[78]/, '')
    .replace(/^7?[78](?=9)/, '')
}

/** The ten digits after the country code, if the text is one whole number and nothing else. */
function parseNationalNumber(text: string): string | undefined {
  const plain = normalizeText(text).replace(/^(?:tel|(?:тел|моб)[а-я]*|т)[.: ]*|[,;]$/gi, '')
  // One plus at the start, or the prefix twice ("+7 (+7 900)…"). No letters, extensions or other countries.
  if (!/^(?:\+?[78][\s(-]*)?\+?[\d\s(][\d\s()./_-]*$/.test(plain) || /^\+(?! ?[78])/.test(plain))
    return undefined
  // After a plus comes the country code, so a number one digit short is not mistaken for a national one.
  // Exit codes (00, 8 10) come without a plus.
  const all = extractDigits(plain)
  const digits = stripPrefixes(plain.startsWith('+') ? all.slice(1) : all.replace(/^(?:00|810)(?=7)/, ''))
  return digits.length === nationalLength ? digits : undefined
}

/**
 * Removes country codes and the trunk prefix 8 before a number. Only a mobile number shows where it begins, so that it may
 * have several; before any other there is one. A mobile number that lacks a digit is no landline: it is not whole.
 */
function stripPrefixes(digits: string): string {
  if (/^[78]{0,3}9\d{9}$/.test(digits)) return digits.slice(-nationalLength)
  const rest = digits.length > nationalLength ? digits.replace(/^[78]/, '') : digits
  return /^7?[78]9/.test(rest) ? '' : rest
}

/** A Russian mobile or landline number, `+7XXXXXXXXXX`: for home and work. */
export const anyPhone: FieldKind<string> = {
  ...phone,
  attributes: { type: 'tel', inputMode: 'tel', autoComplete: 'off' },
  schema: pipe(
    russianNumber,
    // 6xx and 7xx belong to Kazakhstan; 0xx, 1xx, 2xx, 5xx and 89x are not assigned.
    regex(/^\+7(?:[349]|8[0-8])/, 'phone-foreign'),
  ),
}
