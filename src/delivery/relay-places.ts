import type { PlaceDirectory } from '../places/place-directory.ts'
import { stringifyJson } from '../lead/stringify-json.ts'
import type { City, Region } from '../places/place.ts'
import type { AddressRow, StreetDirectory } from '../places/streets/street-directory.ts'
import type { Fetch } from './send-http.ts'
import { timeoutSignal } from './timeout-signal.ts'

/**
 * Creates the place directory of a relay's form: `GET {relay}/regions` and `GET {relay}/cities?region=&query=`. Its
 * methods reject if the relay does not answer in time or answers with an error.
 */
export function createRelayPlaces(relay: string, fetch: Fetch, timeoutMs = 15_000): PlaceDirectory {
  const ask = createAsk(relay, fetch, timeoutMs)
  return {
    async regions(signal) {
      const { regions } = await ask('regions', {}, signal)
      return asArray(regions).filter(isRegion)
    },
    async cities({ region, text }, signal) {
      // The address of a request is no place for what was meant for another field.
      if (text !== undefined && isNoPlace.test(text)) return { cities: [], complete: false }
      const query = new URLSearchParams()
      if (region !== undefined) query.set('region', region)
      if (text !== undefined) query.set('query', text)
      const { cities, complete } = await ask(`cities?${query.toString()}`, {}, signal)
      return { cities: asArray(cities).filter(isCity), complete: complete === true }
    },
  }
}

/**
 * Creates the function that finds the names of a department code: `POST {relay}/departments`. The code is part of no
 * address, and answers stay in memory only. It rejects if the relay does not answer in time or answers with an error.
 */
export function createRelayDepartments(relay: string, fetch: Fetch, timeoutMs = 15_000) {
  const ask = createAsk(relay, fetch, timeoutMs)
  const answers = new Map<string, readonly string[]>()
  return async (code: string, signal: AbortSignal): Promise<readonly string[]> => {
    const known = answers.get(code)
    if (known) return known
    const { departments } = await ask('departments', post({ code }), signal)
    const names = asArray(departments).filter((name) => typeof name === 'string')
    answers.set(code, names)
    return names
  }
}

/**
 * Creates the directory of the streets and houses of a relay's form: `POST {relay}/streets` and `POST {relay}/houses`. What
 * is asked is part of no address. It rejects if the relay does not answer in time or answers with an error.
 */
export function createRelayStreets(relay: string, fetch: Fetch, timeoutMs = 15_000): StreetDirectory {
  const ask = createAsk(relay, fetch, timeoutMs)
  return async ({ list, within, text }, signal) => {
    const query = text.slice(0, maxQueryLength)
    const body = list === 'streets' ? { city: within, query } : { street: within, query }
    const { [list]: rows, complete } = await ask(list, post(body), signal)
    return { rows: asArray(rows).filter(isAddressRow), complete: complete === true }
  }
}

/** The most characters of a text that are sent. */
const maxQueryLength = 100

/** A request with a body that is a text to the browser, which spares the page a preflight request. */
function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'text/plain' }, body: stringifyJson(body) }
}

function createAsk(relay: string, fetch: Fetch, timeoutMs: number) {
  return async (path: string, init: RequestInit, outer?: AbortSignal): Promise<DirectoryAnswer> => {
    const { signal, stop } = timeoutSignal(timeoutMs, outer)
    try {
      // Never the query: it holds what the person has typed.
      const [list] = path.split('?', 1)
      const url = `${relay.replace(/\/+$/, '')}/${path}`
      const response = await fetch(url, { ...init, credentials: 'omit', signal })
      if (!response.ok) throw new TypeError(`${list}: status ${response.status}`)
      return Object(await response.json())
    } finally {
      stop()
    }
  }
}

/** An e-mail, or a number of six digits: a phone, a document. */
const isNoPlace = /@|(?:\d\D{0,3}){6}/

/** The fields of an answer, unchecked: something other than a relay may have answered. */
interface DirectoryAnswer {
  readonly regions?: unknown
  readonly cities?: unknown
  readonly departments?: unknown
  readonly streets?: unknown
  readonly houses?: unknown
  readonly complete?: unknown
}

function asArray(candidate: unknown): readonly unknown[] {
  return Array.isArray(candidate) ? candidate : []
}

function isRegion(candidate: unknown): candidate is Region {
  return hasStrings(candidate, ['id', 'name'])
}

function isCity(candidate: unknown): candidate is City {
  return hasStrings(candidate, ['id', 'name', 'type', 'regionId', 'region'])
}

function isAddressRow(candidate: unknown): candidate is AddressRow {
  const { type = '', index = '' }: Partial<Record<string, unknown>> = Object(candidate)
  return hasStrings(candidate, ['kladr', 'name']) && typeof type === 'string' && typeof index === 'string'
}

function hasStrings(candidate: unknown, names: readonly string[]): boolean {
  const fields = new Map<string, unknown>(Object.entries(Object(candidate)))
  const kladr = fields.get('kladr')
  return (
    (kladr === undefined || typeof kladr === 'string') &&
    names.every((name) => typeof fields.get(name) === 'string')
  )
}
