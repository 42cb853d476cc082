import type { FieldKind } from '../field-kind.ts'
import { digitPattern } from '../mask/digit-pattern.ts'
import { extractDigits, normaliseText } from '../text/plain-text.ts'
import { textCheck } from '../text/checks.ts'
const nationalLength = 10
const formatNationalNumber = digitPattern('+7 000 000-00-00')

/**
 * A Russian mobile number, `+79XXXXXXXXX`. Mobile codes are 900–999; 6xx and 7xx after +7 are Kazakhstan's, the rest
 * are landlines and service numbers. All usual spellings are read: 8…, 7…, +7…, bare 9…, `tel:`, 00 7…, 8 10 7…,
 * and a prefix typed twice.
 */
export const phone: FieldKind<string> = {
  control: 'text',
  attributes: { type: 'tel', inputMode: 'tel', autoComplete: 'tel' },
  mask: {
    maxDigits: nationalLength,
    digits: extractNationalDigits,
    parse: parseNationalNumber,
    // A person who typed only the prefix sees it, so the next digit lands where it is expected.
    format: (digits) => formatNationalNumber(digits) || '+7 ',
  },
  check: textCheck(
    'phone-incomplete',
    [/^\+\d*$/, 'phone-incomplete'],
    [/^\+7/, 'phone-foreign'],
    [/^\+7\d{10}$/, 'phone-incomplete'],
    [/^\+7[^67]/, 'phone-foreign'],
    [/^\+79/, 'phone-not-mobile'],
  ),
  normalise(text) {
    const digits = parseNationalNumber(text)
    if (digits !== undefined) return `+7${digits}`
    const plain = normaliseText(text)
    return /^\+[1-69]|^\+7[67]/.test(plain) ? `+${extractDigits(plain)}` : plain
  },
  format: (number) => formatNationalNumber(number.slice(2)),
}

/** The digits of a number in the making. The prefix, ours or typed, is dropped; so is one typed after ours. */
function extractNationalDigits(text: string): string {
  return extractDigits(text)
    .replace(/^(?:00|810)?[78]/, '')
    .replace(/^7?[78](?=9)/, '')
}

/** The ten digits after the country code, if the text is one whole number and nothing else. */
function parseNationalNumber(text: string): string | undefined {
  const plain = normaliseText(text).replace(/^tel:/i, '')
  // One plus at the start, or the prefix twice ("+7 +7 900…"); letters, extensions and other countries are refused.
  if (!/^(\+?[78]\s*)?\+?[\d\s().-]+$/.test(plain) || /^\+(?! ?[78])/.test(plain)) return undefined
  // What follows a plus is the country code, so a number that is one digit short is not taken for a national one.
  // Exit codes (00, 8 10) stand without it.
  const all = extractDigits(plain)
  const digits = stripPrefixes(plain.startsWith('+') ? all.slice(1) : all.replace(/^(?:00|810)(?=7)/, ''))
  return digits.length === nationalLength ? digits : undefined
}

/** Drops country codes and trunk 8 before a number. */
function stripPrefixes(digits: string): string {
  // A national number of exactly ten digits is left alone ("800…" is toll-free), then prefixes go one by one.
  let rest = digits
  while (/^[78]/.test(rest) && (rest.length !== nationalLength || /^7?[78]9/.test(rest))) rest = rest.slice(1)
  return rest
}

/** A Russian number of any sort, mobile or landline, `+7XXXXXXXXXX`: for home and work. */
export const anyPhone: FieldKind<string> = {
  ...phone,
  attributes: { type: 'tel', inputMode: 'tel', autoComplete: 'off' },
  check: textCheck(
    'phone-incomplete',
    [/^\+\d*$/, 'phone-incomplete'],
    [/^\+7/, 'phone-foreign'],
    [/^\+7\d{10}$/, 'phone-incomplete'],
    // 6xx and 7xx are Kazakhstan's; 0xx, 1xx, 2xx, 5xx and 89x are nobody's.
    [/^\+7(?:[349]|8[0-8])/, 'phone-foreign'],
  ),
}
