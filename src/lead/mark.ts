/** Marks by name: `utm_source`, `yclid`, `subId1`, `referrer`. */
export type Marks = Readonly<Record<string, string>>

/** The longest mark that a provider takes, in characters. */
const longest = 255

/** A Russian mobile number, in whatever spelling, with nothing but its digits around it. */
const phone = /(?:^|\D)(?:\+?[78][\s(-]*)?9\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/
const email = /[^\s@%]+(?:@|%40)[^\s@%]+\.[^\s@%]{2,}/i

/**
 * A mark of the traffic made harmless: short, without control characters and without the text `%00`; nothing is left of
 * one that looks like a phone or an e-mail, for links in mailings often carry the reader's.
 */
export function cleanMark(value: string): string {
  const text = value
    .replace(/\p{Cc}|%00/gu, '')
    .trim()
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, '')
  return phone.test(text) || email.test(text) ? '' : text
}
