import { type Attribution, type AttributionParameters, sanitizeParameter } from '../../lead/attribution.ts'
import type { ParsedOptions } from '../options/options.ts'
import { parseUrl } from '../options/parse-url.ts'
import type { VisitStore } from './visit-store.ts'

/** Marks that advertising systems put into a page's address. */
const queryMarkPattern = /^(?:utm_\w+|yclid|gclid|rb_clickid|admitad_uid|erid)$/
const optionMarks = ['channel', 'subId1', 'subId2', 'subId3', 'subId4', 'subId5'] as const
const macroPattern = /\{([\w.-]+)\}/g

/** Where a page is seen from. */
export interface AttributionDeps {
  /** The page's address. */
  readonly url: string
  /** `document.referrer`. */
  readonly referrer: string
  /** `document.cookie`. */
  readonly cookie: string
  readonly store: VisitStore
}

/**
 * Where the person came from: the marks of the last touch, the page's own marks with their macros filled in, Metrika's
 * id of the browser, and in `first` the first touch. A touch is a visit whose address carries marks; a visit without
 * any leaves the last one as it was.
 */
export function readAttribution(
  options: Pick<ParsedOptions, (typeof optionMarks)[number]>,
  { url, referrer, cookie, store }: AttributionDeps,
): Attribution {
  const macros = optionMarks.flatMap((name) =>
    [...(options[name] ?? '').matchAll(macroPattern)].map(([, wanted]) => wanted),
  )
  const isWanted = (name: string): boolean => queryMarkPattern.test(name) || macros.includes(name)
  const page = parseUrl(url)
  const cookies = parseCookies(cookie)
  const seen =
    pickMarks(page?.searchParams ?? [], isWanted) ??
    pickMarks(parseTildaMarks(cookies.get('TILDAUTM')), isWanted)
  const from = parseUrl(referrer)
  const outside = from && from.origin !== page?.origin && from.origin !== 'null'
  const touch = { ...seen, ...(outside ? { referrer: sanitizeParameter(from.origin + from.pathname) } : {}) }
  const { first, last } = store.recordVisit(touch, seen !== undefined)

  const marks: Record<string, string | AttributionParameters> = publicMarks(last)
  for (const name of optionMarks) {
    // A macro that nothing fills stands for nothing.
    const value = sanitizeParameter(
      (options[name] ?? '').replace(macroPattern, (_, wanted: string) => last[wanted] ?? ''),
    )
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

function publicMarks(touch: AttributionParameters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(touch).filter(([name]) => queryMarkPattern.test(name) || name === 'referrer'),
  )
}

/** The marks among pairs that are wanted; nothing when there is none. */
function pickMarks(
  pairs: Iterable<readonly string[]>,
  isWanted: (name: string) => boolean,
): Record<string, string> | undefined {
  const marks: Record<string, string> = {}
  for (const [name = '', value = ''] of pairs) {
    const text = isWanted(name) ? sanitizeParameter(value) : ''
    if (text) marks[name] = text
  }
  return Object.keys(marks).length > 0 ? marks : undefined
}

/** Tilda keeps the marks of the visit in a cookie: `utm_source=a|||utm_medium=b`, encoded as a part of an address. */
function parseTildaMarks(cookie = ''): readonly string[][] {
  return cookie.split('|||').map((pair) => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
    return [name, value]
  })
}

function parseCookies(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(/;\s*/).map((pair) => {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
      return [name, decodeCookie(value)]
    }),
  )
}

function decodeCookie(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
