import type { SandboxResponse } from '../core/response.ts'
import { okResponse } from './responses.ts'
import type { DevtekPlaceLists } from './generated-places.ts'
import type { CityRow, RegionRow } from './sample-places.ts'
import type { DevtekSwitches } from './switches.ts'

/** The format of the lists, which the document does not show. Each format is known from practice or is likely. */
type ListFormat = Pick<DevtekSwitches, 'listsBare' | 'listsAsText' | 'listsWithKladr'>

/** The response of get-regions. */
export function regionsResponse({ regions }: DevtekPlaceLists, format: ListFormat): SandboxResponse {
  return listResponse(
    'regions',
    regions.map((region) => formatRow(region, format, undefined)),
    format,
  )
}

/** The response of get-cities, for one region or for all. */
export function citiesResponse(
  { cities, codes }: DevtekPlaceLists,
  regionId: number | undefined,
  format: ListFormat,
): SandboxResponse {
  const listed = regionId === undefined ? cities : cities.filter((city) => city.region_id === regionId)
  return listResponse(
    'cities',
    listed.map((city) => formatRow(city, format, codes.get(city.city_id))),
    format,
  )
}

function listResponse(name: string, rows: readonly object[], { listsBare }: ListFormat): SandboxResponse {
  const response = okResponse({ [name]: rows })
  return listsBare ? { ...response, text: JSON.stringify(rows) } : response
}

function formatRow(
  row: RegionRow | CityRow,
  { listsAsText, listsWithKladr }: ListFormat,
  kladr: string | undefined,
): object {
  const complete = listsWithKladr && kladr !== undefined ? { ...row, kladr } : row
  return listsAsText
    ? Object.fromEntries(Object.entries(complete).map(([name, value]) => [name, toText(value)]))
    : complete
}

/** A value as PHP returns it from a database. */
function toText(value: unknown): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value)
}
