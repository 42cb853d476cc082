import { createHash } from 'node:crypto'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { adminToken, formEntry } from '../../support/invented.ts'
import { request } from '../../support/relay-fixture.ts'

/** A street of a directory: code, name, type, post index. */
export type Street = readonly [code: string, name: string, type: string, index?: string]

/** Houses of a directory that share a code: code, names, post index. */
export type Houses = readonly [code: string, names: string, index?: string]

/** An invented directory: streets of Тюмень and Тобольск, and of Москва with its settlements. */
export const smallStreets: readonly Street[] = [
  ['72000001000000100', 'Ленина', 'ул', '625000'],
  ['72000001000000200', 'Ленина', 'пер'],
  ['72000001000000300', 'Ленинградская', 'ул'],
  ['72000001000000400', 'Карла Маркса', 'ул'],
  ['72000001000000500', '1-я Выдуманная', 'ул'],
  ['72000001000000600', '50 лет Октября', 'ул'],
  ['72000001000000700', 'Мира', 'пр-кт'],
  ['72000001000000800', 'Тёплая', 'ул'],
  ['72000001000000900', 'Переулочная', 'ул'],
  ['72000001000001000', 'Площадь Труда', 'ул'],
  ['72000001000001100', 'Труда', 'ул'],
  ['72000002000000100', 'Ленина', 'ул'],
  ['77000000000000100', 'Арбат', 'ул'],
  ['77000000000000200', 'Центральная', 'ул'],
  ['77000002000000100', 'Центральная', 'ул'],
  ['77000002000000200', 'Озёрная', 'аллея'],
  ['77000003000000100', 'Садовая', 'ул'],
  ['77000004000000100', 'Садовая', 'ул'],
]

/** Houses of two streets of {@link smallStreets}. */
export const smallHouses: readonly Houses[] = [
  ['7200000100000010001', 'Н(1-31),12к2', '625001'],
  ['7200000100000010002', '2,4,двлд7'],
  ['7200000100000020001', '1'],
]

/** Imports a directory as the command does. Resolves to the last answer. */
export async function importStreetList(
  relay: Relay,
  list: 'streets' | 'houses',
  rows: readonly (Street | Houses)[],
  { token = adminToken, part = 1000 }: { readonly token?: string; readonly part?: number } = {},
) {
  const fingerprint = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const post = (path: string, body: object) =>
    request(relay, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
  const begun = await post('/admin/streets', { list, fingerprint, rows: rows.length })
  const { generation, loaded = 0 }: { readonly generation?: number; readonly loaded?: number } = Object(
    begun.body,
  )
  let answer = begun
  const length = list === 'streets' ? 4 : 3
  for (
    let first = loaded;
    answer.status === 200 && generation !== undefined && first < rows.length;
    first += part
  )
    answer = await post(`/admin/streets/${generation}`, {
      first,
      rows: rows
        .slice(first, first + part)
        .map((row) => Array.from({ length }, (_, index) => row[index] ?? null)),
    })
  return answer
}

/** Asks for streets or houses as a page does. */
export function askStreets(
  relay: Relay,
  what: 'streets' | 'houses',
  body: unknown,
  {
    form = 'main',
    headers = {},
  }: { readonly form?: string; readonly headers?: Readonly<Record<string, string>> } = {},
) {
  return request(relay, `/forms/${form}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** The name and type of each street of a city that is found for a text. */
export async function askStreetNames(relay: Relay, query: string, city: string): Promise<readonly string[]> {
  const { body } = await askStreets(relay, 'streets', { city, query })
  const { streets = [] }: { readonly streets?: readonly { readonly name: string; readonly type: string }[] } =
    Object(body)
  return streets.map(({ name, type }) => `${name} ${type}`)
}

/** A form that asks for an address, and one that does not. */
export function addressForms() {
  const entry = formEntry()
  const address = { id: 'address', title: 'Адрес', fields: ['registration'] }
  const main = {
    ...entry,
    definition: { ...entry.definition, steps: [...entry.definition.steps, address] },
  }
  return { main, short: entry }
}
