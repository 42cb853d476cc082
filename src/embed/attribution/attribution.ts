import {
  type Attribution,
  type AttributionParameters,
  isUrlParameter,
  optionParameters,
  sanitizeParameter,
} from '../../lead/attribution.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import type { ParsedOptions } from '../options/options.ts'
import { parseUrl } from '../options/parse-url.ts'
import { decodePercents, parseQuery } from './query.ts'
import type { VisitStore } from './visit-store.ts'

const macroPattern = /\{([\w.-]+)\}/g

/** What attribution is read from. */
export interface AttributionDeps {
  /** The page's URL. */
  readonly url: string
  /** `document.referrer`. */
  readonly referrer: string
  /** `document.cookie`. */
  readonly cookie: string
  readonly store: VisitStore
}

/**
 * Reads where the person came from: the parameters of the last visit that had any, the parameters from the page's
 * options with their macros replaced, Metrika's id of the browser, and in `first` the parameters of the first visit.
 */
export function readAttribution(
  options: Pick<ParsedOptions, (typeof optionParameters)[number]>,
  { url, referrer, cookie, store }: AttributionDeps,
): Attribution {
  const macros = optionParameters.flatMap((name) =>
    [...(options[name] ?? '').matchAll(macroPattern)].map(([, macro]) => macro),
  )
  const isKept = (name: string): boolean => isUrlParameter(name) || macros.includes(name)
  const page = parseUrl(url)
  const cookies = parseCookies(cookie)
  const found =
    pickParameters(parseQuery(page?.search ?? ''), isKept) ??
    pickParameters(parseTildaCookie(cookies.get('TILDAUTM')), isKept)
  const from = parseUrl(referrer)
  const isExternal = from && from.origin !== page?.origin && from.origin !== 'null'
  const visit = {
    ...found,
    ...(isExternal ? { referrer: sanitizeParameter('referrer', from.origin + from.pathname) } : {}),
  }
  const { first, last } = store.recordVisit(visit, found !== undefined)

  const attribution: Record<string, string | AttributionParameters> = publicParameters(last)
  for (const name of optionParameters) {
    // A macro without a value becomes empty.
    const value = sanitizeParameter(
      name,
      (options[name] ?? '').replace(macroPattern, (_, macro: string) => last[macro] ?? ''),
    )
    if (value) attribution[name] = value
  }
  // Metrika's cookie holds seconds and a random number, up to 19 digits.
  const clientId = /^\d{10,30}$/.exec(cookies.get('_ym_uid') ?? '')?.[0]
  if (clientId) attribution['ymClientId'] = clientId
  const firstVisit = publicParameters(first)
  return stringifyJson(first) === stringifyJson(last) || Object.keys(firstVisit).length === 0
    ? attribution
    : { ...attribution, first: firstVisit }
}

/** The parameters of a visit without those that only fill in macros. */
function publicParameters(visit: AttributionParameters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(visit).filter(([name]) => isUrlParameter(name) || name === 'referrer'),
  )
}

/** The sanitized parameters among name-value pairs; `undefined` if there is none. */
function pickParameters(
  pairs: Iterable<readonly string[]>,
  isKept: (name: string) => boolean,
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {}
  for (const [name = '', value = ''] of pairs) {
    const text = isKept(name) ? sanitizeParameter(name, value) : ''
    if (text) parameters[name] = text
  }
  return Object.keys(parameters).length > 0 ? parameters : undefined
}

/** Tilda stores the parameters of a visit in a cookie: `utm_source=a|||utm_medium=b`, URI-encoded. */
function parseTildaCookie(cookie = ''): readonly string[][] {
  return cookie.split('|||').map((pair) => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
    return [name, value]
  })
}

function parseCookies(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(/;\s*/).map((pair) => {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
      return [name, decodePercents(value)]
    }),
  )
}
