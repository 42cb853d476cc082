import { isCityKladr, isRegionKladr } from '../../fields/place/kladr.ts'
import type { ListResult, Operation, ProviderCity, ProviderRegion } from '../core/provider.ts'
import type { CallContext, HttpRequest, HttpResult } from '../core/context.ts'

/** The options of a Devtek destination that its lists of places need. */
export interface DevtekPlacesConfig {
  readonly idWebmaster: number
  readonly token: string
  readonly baseUrl: string
  /** Origin of the lists, where it is another: the document names https://api.devtek.io for them. */
  readonly placesBaseUrl?: string | undefined
}

/** Cities of one region only, as the document offers; the public SDK always takes all. */
export interface DevtekCitiesContext extends CallContext {
  readonly regionId?: number | undefined
}

/** `get-regions`: https://devtek.io/docs/guide; its answer is known from the public PHP SDK. */
export const listRegions: Operation<DevtekPlacesConfig, CallContext, ListResult<ProviderRegion>> = {
  retry: 'safe',
  request: (config) => buildListRequest(config, 'get-regions', {}),
  outcome: (result) => parseList(result, 'regions', parseRegion),
}

/** `get-cities`, all of them or one region's. */
export const listCities: Operation<DevtekPlacesConfig, DevtekCitiesContext, ListResult<ProviderCity>> = {
  retry: 'safe',
  request: (config, { regionId }) => buildListRequest(config, 'get-cities', { regionId }),
  outcome: (result) => parseList(result, 'cities', parseCity),
}

function buildListRequest(
  { baseUrl, placesBaseUrl, idWebmaster, token }: DevtekPlacesConfig,
  path: string,
  parameters: { readonly regionId?: number | undefined },
): HttpRequest {
  return {
    method: 'POST',
    // The slash matters: without it the server redirects, and a redirected POST becomes a GET.
    url: `${(placesBaseUrl ?? baseUrl).replace(/\/+$/, '')}/${path}/`,
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    // The document does not mention credentials here, the SDK sends them.
    body: JSON.stringify({ id_webmaster: idWebmaster, token, ...parameters }),
  }
}

type ListRow = Readonly<Record<string, unknown>>

function parseList<Item>(
  result: HttpResult,
  name: string,
  read: (row: ListRow) => Item | undefined,
): ListResult<Item> {
  if ('failure' in result) return { problem: `no answer: ${result.failure}`, retryable: true }
  const { status } = result
  if (status === 401 || status === 403) return { problem: `refused: status ${status}`, retryable: false }
  if (status < 200 || status > 299)
    return { problem: `status ${status}`, retryable: status >= 500 || status === 429 }
  const answer = parseJson(result.body)
  if (isRow(answer) && answer['result'] === 'bad')
    return { problem: 'answered "bad" with status 200', retryable: false }
  const rows = findRows(answer, name)
  // Not the answer's own words: what a server says when it is broken may hold what it was sent.
  if (!rows) return { problem: `status ${status}, but no list of ${name}`, retryable: true }
  const items = keepMainCountry(rows.filter(isRow)).flatMap((row) => read(row) ?? [])
  return rows.length > 0 && items.length === 0
    ? { problem: `${rows.length} ${name}, none of them readable or published`, retryable: true }
    : { items }
}

/** The list, bare or in one of the wrappings that are likely; PHP writes a list with gaps as an object. */
function findRows(answer: unknown, name: string, levels = 3): readonly unknown[] | undefined {
  if (Array.isArray(answer)) return answer
  if (!isRow(answer) || levels === 0) return undefined
  if (name in answer) return findRows(answer[name], name, levels - 1)
  if ('data' in answer) return findRows(answer['data'], name, levels - 1)
  const values = Object.values(answer)
  return values.length > 0 && values.every(isRow) ? values : undefined
}

function parseRegion(row: ListRow): ProviderRegion | undefined {
  const id = parsePlaceId(row['region_id'] ?? row['id'])
  const name = parseName(row['name'] ?? row['region_name'])
  if (id === undefined || name === undefined || !isPublished(row, 'region_published')) return undefined
  const kladr = parseKladr(row, ['region_kladr', 'kladr_region'], isRegionKladr)
  return { id, name, ...(kladr === undefined ? {} : { kladr }) }
}

function parseCity(row: ListRow): ProviderCity | undefined {
  const id = parsePlaceId(row['city_id'] ?? row['id'])
  const regionId = parsePlaceId(row['region_id'])
  const name = parseName(row['name'] ?? row['city_name'])
  if (id === undefined || regionId === undefined || name === undefined) return undefined
  if (!isPublished(row, 'city_published')) return undefined
  const kladr = parseKladr(row, ['city_kladr', 'kladr_city'], isCityKladr)
  return { id, name, regionId, ...(kladr === undefined ? {} : { kladr }) }
}

/**
 * The lists have other countries' places, too, and no document says which number is Russia's: it is the country with
 * the most rows. Regions write `id_country`, cities `country_id`.
 */
function keepMainCountry(rows: readonly ListRow[]): readonly ListRow[] {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(rowCountry(row), (counts.get(rowCountry(row)) ?? 0) + 1)
  const [most] = [...counts]
    .filter(([country]) => country !== '')
    .toSorted(([, one], [, other]) => other - one)
  return rows.filter((row) => [most?.[0], ''].includes(rowCountry(row)))
}

function rowCountry(row: ListRow): string {
  const country = row['country_id'] ?? row['id_country']
  return typeof country === 'number' || typeof country === 'string' ? String(country) : ''
}

function isPublished(row: ListRow, name: string): boolean {
  const flag = row[name] ?? row['published']
  return ![false, 0, '0', 'false', ''].some((no) => no === flag)
}

function parsePlaceId(value: unknown): string | undefined {
  const digits = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : ''
  return /^[1-9]\d{0,9}$/.test(digits) ? `devtek:${digits}` : undefined
}

function parseName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 255)
    .toWellFormed()
  return text === '' ? undefined : text
}

/** A code under any likely name; a number has lost its leading zero. */
function parseKladr(
  row: ListRow,
  names: readonly string[],
  isRight: (code: string) => boolean,
): string | undefined {
  return [...names, 'kladr', 'kladr_id', 'kladr_code', 'code_kladr', 'kladrId', 'kladrCode']
    .map((name) => row[name])
    .flatMap((value) =>
      typeof value === 'string' || typeof value === 'number' ? String(value).trim().padStart(13, '0') : [],
    )
    .find(isRight)
}

function isRow(value: unknown): value is ListRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
