import type { Attribution } from '../lead/lead.ts'
import { cleanMark, type Marks } from '../lead/mark.ts'
import type { AnyOptions } from './options/options.ts'
import { parseUrl } from './parse-url.ts'
import type { TouchStore } from './touch-store.ts'

/** Marks that advertising systems put into a page's address. */
const queryMarks = /^(?:utm_\w+|yclid|gclid|rb_clickid|admitad_uid|erid)$/
const ownMarks = ['channel', 'subId1', 'subId2', 'subId3', 'subId4', 'subId5'] as const
const macro = /\{([\w.-]+)\}/g

/** Where a page is seen from. */
export interface AttributionPorts {
  /** The page's address. */
  readonly url: string
  /** `document.referrer`. */
  readonly referrer: string
  /** `document.cookie`. */
  readonly cookie: string
  readonly store: TouchStore
}

/**
 * Where the person came from: the marks of the last touch, the page's own marks with their macros filled in, Metrika's
 * id of the browser, and in `first` the first touch. A touch is a visit whose address carries marks; a visit without
 * any leaves the last one as it was.
 */
export function readAttribution(
  options: Pick<AnyOptions, (typeof ownMarks)[number]>,
  { url, referrer, cookie, store }: AttributionPorts,
): Attribution {
  const macros = ownMarks.flatMap((name) =>
    [...(options[name] ?? '').matchAll(macro)].map(([, wanted]) => wanted),
  )
  const isWanted = (name: string): boolean => queryMarks.test(name) || macros.includes(name)
  const page = parseUrl(url)
  const cookies = readCookies(cookie)
  const seen =
    marksOf(page?.searchParams ?? [], isWanted) ?? marksOf(tildaMarks(cookies.get('TILDAUTM')), isWanted)
  const from = parseUrl(referrer)
  const outside = from && from.origin !== page?.origin && from.origin !== 'null'
  const touch = { ...seen, ...(outside ? { referrer: cleanMark(from.origin + from.pathname) } : {}) }
  const { first, last } = store.remember(touch, seen !== undefined)

  const marks: Record<string, string | Marks> = publicMarks(last)
  for (const name of ownMarks) {
    // A macro that nothing fills stands for nothing.
    const value = cleanMark((options[name] ?? '').replace(macro, (_, wanted: string) => last[wanted] ?? ''))
    if (value) marks[name] = value
  }
  // Metrika's cookie: seconds and a random number, up to 19 digits.
  const client = /^\d{10,30}$/.exec(cookies.get('_ym_uid') ?? '')?.[0]
  if (client) marks['ymClientId'] = client
  const origin = publicMarks(first)
  return JSON.stringify(first) === JSON.stringify(last) || Object.keys(origin).length === 0
    ? marks
    : { ...marks, first: origin }
}

function publicMarks(touch: Marks): Record<string, string> {
  return Object.fromEntries(
    Object.entries(touch).filter(([name]) => queryMarks.test(name) || name === 'referrer'),
  )
}

/** The marks among pairs that are wanted; nothing when there is none. */
function marksOf(
  pairs: Iterable<readonly string[]>,
  isWanted: (name: string) => boolean,
): Record<string, string> | undefined {
  const marks: Record<string, string> = {}
  for (const [name = '', value = ''] of pairs) {
    const text = isWanted(name) ? cleanMark(value) : ''
    if (text) marks[name] = text
  }
  return Object.keys(marks).length > 0 ? marks : undefined
}

/** Tilda keeps the marks of the visit in a cookie: `utm_source=a|||utm_medium=b`, encoded as a part of an address. */
function tildaMarks(cookie = ''): readonly string[][] {
  return cookie.split('|||').map((pair) => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
    return [name, value]
  })
}

function readCookies(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(/;\s*/).map((pair) => {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
      return [name, decode(value)]
    }),
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
