import { isCityKladr, isRegionKladr } from '../../fields/place/kladr.ts'
import type { CallContext, HttpRequest, HttpResult } from '../core/context.ts'
import { cutText } from '../core/error-messages.ts'
import { isRecord, parseJson } from '../core/json.ts'
import type { ListResult, Operation, ProviderCity, ProviderRegion } from '../core/provider.ts'
import type { DevtekConfig } from './config.ts'
import { buildDevtekRequest } from './request.ts'

/** The options of a Devtek destination that its lists of places need. */
export type DevtekPlacesConfig = Pick<DevtekConfig, 'idWebmaster' | 'token' | 'baseUrl' | 'placesBaseUrl'>

/** Narrows the list down to the cities of one region, as the document allows; the public SDK always fetches all. */
export interface DevtekCitiesContext extends CallContext {
  readonly regionId?: number | undefined
}

/** `get-regions`: https://devtek.io/docs/guide. The shape of its response is known from the public PHP SDK. */
export const listRegions: Operation<DevtekPlacesConfig, CallContext, ListResult<ProviderRegion>> = {
  retry: 'safe',
  request: (config) => buildListRequest(config, 'get-regions', {}),
  outcome: (result) => parseList(result, 'regions', parseRegion),
}

/** `get-cities`: all cities, or those of one region. */
export const listCities: Operation<DevtekPlacesConfig, DevtekCitiesContext, ListResult<ProviderCity>> = {
  retry: 'safe',
  request: (config, { regionId }) => buildListRequest(config, 'get-cities', { regionId }),
  outcome: (result) => parseList(result, 'cities', parseCity),
}

/** The document names one address for the lists, the public SDK the other. */
const knownOrigins = ['https://api.devtek.ru', 'https://api.devtek.io']

/** The options of the other known address. A sandbox or a proxy has no other. */
export function findListMirrors<Config extends DevtekPlacesConfig>(config: Config): readonly Config[] {
  const own = (config.placesBaseUrl ?? config.baseUrl).replace(/\/+$/, '')
  return knownOrigins.includes(own)
    ? knownOrigins.filter((origin) => origin !== own).map((placesBaseUrl) => ({ ...config, placesBaseUrl }))
    : []
}

function buildListRequest(
  config: DevtekPlacesConfig,
  path: string,
  parameters: { readonly regionId?: number | undefined },
): HttpRequest {
  // The document does not mention credentials for the lists; the SDK sends them.
  return buildDevtekRequest(config.placesBaseUrl ?? config.baseUrl, path, config, parameters)
}

type ListRow = Readonly<Record<string, unknown>>

function parseList<Item>(
  result: HttpResult,
  name: string,
  parseRow: (row: ListRow) => Item | undefined,
): ListResult<Item> {
  if ('failure' in result) return { problem: `no answer: ${result.failure}`, retryable: true }
  const { status } = result
  if (status === 401 || status === 403) return { problem: `refused: status ${status}`, retryable: false }
  if (status < 200 || status > 299)
    return { problem: `status ${status}`, retryable: status >= 500 || status === 429 }
  const answer = parseJson(result.body)
  if (isRecord(answer) && answer['result'] === 'bad')
    return { problem: 'answered "bad" with status 200', retryable: false }
  const rows = findRows(answer, name)
  // The answer itself is not quoted: an error page may repeat the request.
  if (!rows) return { problem: `status ${status}, but no list of ${name}`, retryable: true }
  const items = keepMainCountry(rows.filter(isRecord)).flatMap((row) => parseRow(row) ?? [])
  return rows.length > 0 && items.length === 0
    ? { problem: `${rows.length} ${name}, none of them readable or published`, retryable: true }
    : { items }
}

/** The list, bare or in one of the likely wrappers. PHP writes a list with gaps as an object. */
function findRows(answer: unknown, name: string, levels = 3): readonly unknown[] | undefined {
  if (Array.isArray(answer)) return answer
  if (!isRecord(answer) || levels === 0) return undefined
  if (name in answer) return findRows(answer[name], name, levels - 1)
  if ('data' in answer) return findRows(answer['data'], name, levels - 1)
  const values = Object.values(answer)
  return values.length > 0 && values.every(isRecord) ? values : undefined
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
 * Keeps the rows of Russia. The lists hold other countries too, and no document names Russia's number, so it is assumed
 * to be the country with the most rows. Regions call the column `id_country`, cities `country_id`.
 */
function keepMainCountry(rows: readonly ListRow[]): readonly ListRow[] {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(rowCountry(row), (counts.get(rowCountry(row)) ?? 0) + 1)
  const [largest] = [...counts].filter(([country]) => country !== '').sort(([, a], [, b]) => b - a)
  return rows.filter((row) => [largest?.[0], ''].includes(rowCountry(row)))
}

function rowCountry(row: ListRow): string {
  const country = row['country_id'] ?? row['id_country']
  return typeof country === 'number' || typeof country === 'string' ? String(country) : ''
}

function isPublished(row: ListRow, name: string): boolean {
  const flag = row[name] ?? row['published']
  return ![false, 0, '0', 'false', ''].some((unpublished) => unpublished === flag)
}

function parsePlaceId(value: unknown): string | undefined {
  const digits = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : ''
  return /^[1-9]\d{0,9}$/.test(digits) ? `devtek:${digits}` : undefined
}

function parseName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = cutText(value.replace(/[\p{Cc}\s]+/gu, ' ').trim(), 255)
  return text === '' ? undefined : text
}

/** The code under any likely name. A code written as a number has lost its leading zero. */
function parseKladr(
  row: ListRow,
  names: readonly string[],
  isValid: (code: string) => boolean,
): string | undefined {
  return [...names, 'kladr', 'kladr_id', 'kladr_code', 'code_kladr', 'kladrId', 'kladrCode']
    .map((name) => row[name])
    .flatMap((value) =>
      typeof value === 'string' || typeof value === 'number' ? String(value).trim().padStart(13, '0') : [],
    )
    .find(isValid)
}
