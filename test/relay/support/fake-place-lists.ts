import type { Fetch } from '../../../src/delivery/send-http.ts'
import { writePlacesNdjson } from '../../../src/relay/places/import/ndjson.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { adminToken, env } from './invented.ts'
import { request } from './relay-fixture.ts'

/** The environment that holds the admin token. */
export const adminEnv = { ...env, ANKETA_ADMIN_TOKEN: adminToken }

/** A city of a directory: code, name, type, population. */
export type Place = readonly [kladr: string, name: string, type: string, population?: number]

/** A small directory: a name in two regions, a name twice in one, a village with ё, a federal city. */
export const smallDirectory: readonly Place[] = [
  ['7700000000000', 'Москва', 'г', 13_010_112],
  ['7200000100000', 'Тюмень', 'г', 847_488],
  ['7200000200000', 'Тобольск', 'г', 100_352],
  ['7200200000100', 'Ёлкино', 'с'],
  ['7200200000200', 'Ивановка', 'д'],
  ['7200300000300', 'Ивановка', 'д'],
  ['5000002700000', 'Химки', 'г', 257_128],
  ['5004200000000', 'Одинцово', 'г', 180_530],
  ['4300000100000', 'Киров', 'г', 468_212],
  ['4000000700000', 'Киров', 'г', 28_880],
]

/** Names of the regions that directories of tests lie in. */
const regions = new Map([
  ['7700000000000', 'Москва'],
  ['7200000000000', 'Тюменская область'],
  ['5000000000000', 'Московская область'],
  ['4300000000000', 'Кировская область'],
  ['4000000000000', 'Калужская область'],
])

/** A directory as it is handed to a relay. */
export function placesBody(places: readonly Place[]): string {
  const cities = places.map(([kladr, name, type, population]) => ({ kladr, name, type, population }))
  return [...writePlacesNdjson({ regions, cities })].join('')
}

/** Imports a directory as the command does. */
export function importPlaces(relay: Relay, places: readonly Place[] | string) {
  return request(relay, '/admin/places', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${adminToken}` },
    body: typeof places === 'string' ? places : placesBody(places),
  })
}

/** Imports a directory of departments as the command does. */
export function importDepartments(
  relay: Relay,
  departments: Readonly<Record<string, readonly string[]>> | undefined,
  token = adminToken,
) {
  return request(relay, '/admin/departments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ departments }),
  })
}

/** Asks for the names of a department code as a page does. */
export function askDepartments(
  relay: Relay,
  code: string,
  {
    form = 'main',
    headers = {},
  }: { readonly form?: string; readonly headers?: Readonly<Record<string, string>> } = {},
) {
  return request(relay, `/forms/${form}/departments`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body: JSON.stringify({ code }),
  })
}

/** Asks for a form's cities. */
export async function askCities(relay: Relay, query: string) {
  const { status, body } = await request(relay, `/forms/main/cities?${query}`)
  const found: { readonly cities?: readonly { readonly name: string }[]; readonly complete?: boolean } =
    Object(body)
  return { status, cities: found.cities ?? [], complete: found.complete }
}

/** The names of a form's cities. */
export async function askNames(relay: Relay, query: string): Promise<readonly string[]> {
  return (await askCities(relay, query)).cities.map(({ name }) => name)
}

/** Devtek's regions as its lists have them. */
export const listedRegions = [
  { region_id: 11, name: 'Москва', id_country: 1 },
  { region_id: 14, name: 'Тюменская область', id_country: 1 },
  { region_id: 40, name: 'Московская обл.', id_country: 1 },
  { region_id: 17, name: 'Алматинская область', id_country: 2 },
]

/** Devtek's cities: one that no directory has, one abroad. */
export const listedCities = [
  { city_id: 501, name: 'Москва', region_id: 11, country_id: 1 },
  { city_id: 505, name: 'Тюмень', region_id: 14, country_id: 1 },
  { city_id: 506, name: 'Елкино', region_id: 14, country_id: 1 },
  { city_id: 507, name: 'Ивановка', region_id: 14, country_id: 1 },
  { city_id: 508, name: 'Новоград', region_id: 40, country_id: 1 },
  { city_id: 509, name: 'Алматы', region_id: 17, country_id: 2 },
]

/** Devtek with lists: what it answers may be changed, and every call of a list is counted. */
export function createFakeLists() {
  let answer: (path: string) => unknown = (path) => (path === 'get-regions' ? listedRegions : listedCities)
  const calls: string[] = []
  const leads: unknown[] = []
  const fetch: Fetch = async (url, init) => {
    const body: unknown = JSON.parse(await new Response(init.body ?? null).text())
    const path = new URL(url).pathname.replaceAll('/', '')
    if (path === 'new-lead') {
      leads.push(body)
      return Response.json({ result: 'ok', data: { id_lead: leads.length }, errors: [] })
    }
    calls.push(path)
    const found = answer(path)
    return found instanceof Response
      ? found
      : Response.json({ result: 'ok', data: { [path.slice(4)]: found } })
  }
  return {
    fetch,
    calls,
    /** Bodies of the leads that came. */
    leads,
    answer(next: typeof answer) {
      answer = next
    },
  }
}
