/** Why a value is refused, or what to check again. Their sentences are in `i18n/`. */
export const issueCodes = [
  'required',
  'required-choice',
  'phone-incomplete',
  'phone-not-mobile',
  'phone-foreign',
  'phone-equal-digits',
  'name-letters',
  'name-cyrillic',
  'name-short',
  'name-none',
  'name-whole',
  'name-two-words',
  'name-patronymic',
  'email-format',
  'email-length',
  'email-typo',
  'date-incomplete',
  'date-unreal',
  'date-future',
  'age-minimum',
  'age-maximum',
  'passport-format',
  'passport-number-zeros',
  'passport-code-format',
  'passport-before-14',
  'passport-before-1997',
  'passport-expired-at-20',
  'passport-expired-at-45',
  'passport-expired',
  'passport-series-year',
  'amount-format',
  'amount-minimum',
  'amount-maximum',
  'term-format',
  'term-minimum',
  'term-maximum',
  'months-format',
  'snils-format',
  'snils-control',
  'inn-format',
  'inn-organisation',
  'inn-control',
  'postal-index-format',
  'house-format',
  'kladr-format',
  'text-length',
  'text-letters',
  'text-signs',
  'choice-unknown',
  'consent-required',
  'campaign-format',
  'code-format',
  'code-short',
  'code-long',
  'wrong-code',
] as const

/** One of {@link issueCodes}. */
export type IssueCode = (typeof issueCodes)[number]

/**
 * One thing to correct. `field` is a canonical name, `consent.<id>`, or empty when it belongs to no field.
 * `limit` is the number in the code's sentence, if it has one. `message` is a provider's own sentence and replaces the
 * code's.
 */
export interface FieldIssue {
  readonly field: string
  readonly code?: IssueCode
  readonly limit?: number
  readonly message?: string
}

/** Whether `text` is one of {@link issueCodes}. */
export function isIssueCode(text: unknown): text is IssueCode {
  return issueCodes.some((code) => code === text)
}
