import type { Attribution } from '../lead/lead.ts'

/** More marks than any advertising system sends. */
const mostMarks = 40
/** The longest text that a provider takes. */
const longestMark = 255

/** A Russian mobile number, in whatever spelling, with nothing but its digits around it. */
const phone = /(?<!\d)(?:\+?[78][\s(-]*)?9\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/
const email = /[^\s@%]+(?:@|%40)[^\s@%]+\.[^\s@%]{2,}/i

/**
 * Marks from outside, made harmless: texts only, short, few, without control characters. A mark that looks like a
 * phone or an e-mail is dropped, for links in mailings often carry the reader's, and marks are shown and exported.
 */
export function cleanAttribution(candidate: Readonly<Record<string, unknown>>): Attribution {
  const marks: [string, string][] = []
  for (const [name, value] of Object.entries(candidate)) {
    if (typeof value !== 'string' || !/^[\w.-]{1,64}$/.test(name)) continue
    const address = name === 'referrer' ? value.replace(/[?#].*$/s, '') : value
    const text = address
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, longestMark)
      .toWellFormed()
    if (text === '' || phone.test(text) || email.test(text)) continue
    marks.push([name, text])
    if (marks.length === mostMarks) break
  }
  return Object.fromEntries(marks)
}
