import type { Attribution } from '../lead/lead.ts'
import type { Options } from './options.ts'
import { parseUrl } from './parse-url.ts'

/** Marks that advertising systems put into a page's address. */
const queryMarks = /^(?:utm_\w+|yclid|gclid|rb_clickid|admitad_uid|erid)$/
const ownMarks = ['channel', 'subId1', 'subId2', 'subId3', 'subId4', 'subId5'] as const

/** Where the person came from: the marks in the page's address, the referrer's address, and the page's own marks. */
export function readAttribution(options: Options, search: string, referrer: string): Attribution {
  const query = new URLSearchParams(search)
  const marks: Record<string, string> = {}
  for (const [name, value] of query) {
    if (queryMarks.test(name) && value !== '') marks[name] = value.slice(0, 255)
  }
  for (const name of ownMarks) {
    // A macro that the address does not fill stands for nothing.
    const value = options[name]?.replace(/\{(\w+)\}/g, (_, macro: string) => query.get(macro) ?? '')
    if (value) marks[name] = value.slice(0, 255)
  }
  const from = parseUrl(referrer)
  if (from) marks['referrer'] = (from.origin + from.pathname).slice(0, 255)
  return marks
}
