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
    return /^\+(?:[1-69]|8\D*[0-8])|^\+7[67]/.test(plain) ? `+${extractDigits(plain)}` : plain
  },
  format: (number) => formatDigits(phoneShape, number.slice(2)),
}

/**
 * A plus before something else than Russia's code. `+8 9…` is a Russian mobile number with the trunk prefix: no country's
 * code is 89. Any other number after `+8` belongs to another country, or does not show yet to which.
 */
const foreignPlus = /\+(?! ?7| ?8\D*9)/

/** The digits of an incomplete number without its prefix, whether the mask or the person wrote it, or both. */
function extractNationalDigits(text: string): string | undefined {
  const plain = normalizeText(text)
  if (foreignPlus.test(plain) || !/^(?:\+?[78][\s(-]*)?(?:\+[78])?[\d\s()./_-]*$/.test(plain))
    return undefined
  // A separator after a second 8 shows that it is a prefix, too.
  return extractDigits(text.replace(/^(\D*[78]\D*)[78](?=[\s(-])/, '$1'))
    .replace(/^(?:00|810)?[78]/, '')
    .replace(/^7?[78](?=9)/, '')
}

/**
 * A country code or trunk prefix that is certainly one: after a plus, before a separator, or before ten digits. A bare 8
 * or 7 before nine digits may be a prefix, or begin an area code.
 */
const prefix = /^\+ ?[78]|^[78](?=\D|(?:\d\D*){10}$)/

/** The ten digits after the country code, if the text is one whole number and nothing else. */
function parseNationalNumber(text: string): string | undefined {
  const plain = normalizeText(text)
    .replace(/^(?:tel|(?:тел|моб)[а-я]*|т)[.: ]*|[,;]$/gi, '')
    // An exit code.
    .replace(/^(?:00|8[ -]?10)[ -]?(?=7)/, '+')
  // One plus at the start, or the prefix twice ("+7 (+7 900)…"). No letters, extensions or other countries.
  if (foreignPlus.test(plain) || !/^(?:\+?[78][\s(-]*)?\+?[\d\s(][\d\s()./_-]*$/.test(plain)) return undefined
  // Only a mobile number shows where it begins, so that it may have several prefixes.
  const [, mobile] = /^[78]{0,3}(9\d{9})$/.exec(extractDigits(plain)) ?? []
  if (mobile) return mobile
  const rest = plain.replace(prefix, '')
  const digits = extractDigits(rest.replace(/^[^\d+]+/, '').replace(prefix, ''))
  // A mobile number that lacks a digit is no landline. Bare digits may be one, unless brackets or a separator after three
  // digits show the area code.
  return digits.length !== nationalLength ||
    /^7?[78]9/.test(digits) ||
    (rest === plain && /^\(?[78](?!\d\d\D)/.test(plain))
    ? undefined
    : digits
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
