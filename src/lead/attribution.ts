/** Marks by name: `utm_source`, `yclid`, `subId1`, `referrer`. */
export type AttributionParameters = Readonly<Record<string, string>>

/** The longest mark that a provider takes, in characters. */
const maxParameterLength = 255

/** A Russian mobile number, in whatever spelling, with nothing but its digits around it. */
const phonePattern = /(?:^|\D)(?:\+?[78][\s(-]*)?9\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/
const emailPattern = /[^\s@%]+(?:@|%40)[^\s@%]+\.[^\s@%]{2,}/i

/**
 * A mark of the traffic made harmless: short, without control characters and without the text `%00`; nothing is left of
 * one that looks like a phone or an e-mail, for links in mailings often carry the reader's.
 */
export function sanitizeParameter(value: string): string {
  const text = value
    .replace(/\p{Cc}|%00/gu, '')
    .trim()
    .slice(0, maxParameterLength)
    .replace(/[\uD800-\uDBFF]$/, '')
  return phonePattern.test(text) || emailPattern.test(text) ? '' : text
}
