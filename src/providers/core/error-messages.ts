import type { DeliverableLead } from '../../lead/lead.ts'
import { redactValues } from './refusals/redact-values.ts'

const maxLength = 500
/** The characters of a reason that are read. */
const maxReadLength = 5000

/** Replaces a credential wherever a text is shown or logged. It is spelled the same in every encoding. */
export const redactedSecret = '***'

/** A provider's message, shortened to 500 characters and without the credentials that it may repeat. */
export function redactMessage(message: string, credentials: readonly (string | undefined)[]): string {
  return cutText(redactCredentials(message, credentials), maxLength)
}

function redactCredentials(message: string, credentials: readonly (string | undefined)[]): string {
  return credentials
    .flatMap((credential) => (credential ? [credential, encodeURIComponent(credential)] : []))
    .reduce((text, credential) => text.replaceAll(credential, redactedSecret), message)
}

/** A text without the markup of a provider's own page. */
export function withoutMarkup(message: string): string {
  const text = message
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
  return text === '' ? message : text
}

/**
 * A provider's reason for a refusal, for the operator and the log: shortened, without credentials and without the
 * person's data, which it may quote.
 */
export function redactReason(
  reason: string,
  credentials: readonly (string | undefined)[],
  { values }: Pick<DeliverableLead, 'values'>,
): string {
  // Before the text is shortened: a part of a value would not be recognised.
  const text = redactCredentials(reason, credentials).slice(0, maxReadLength)
  return cutText(redactValues(text, values), maxLength)
}

/** Shortens a text to a number of UTF-16 units, and replaces halves of surrogate pairs, which cannot be encoded. */
export function cutText(text: string, maxUnits: number): string {
  return text.slice(0, maxUnits).replace(/\p{Cs}/gu, '\uFFFD')
}

/**
 * Every text in a provider's errors of any shape: a string, an object with messages, or a list, which PHP writes as an
 * object if it has gaps. Garbage may be nested without end, so only a few levels are read.
 */
export function collectTexts(errors: unknown, levels = 4): readonly string[] {
  if (typeof errors === 'string') return errors.trim() === '' ? [] : [errors.trim()]
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  return Object.values(errors)
    .slice(0, 100)
    .flatMap((error) => collectTexts(error, levels - 1))
}
