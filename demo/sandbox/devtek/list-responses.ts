import type { SandboxResponse } from '../core/response.ts'
import { okResponse } from './responses.ts'
import type { DevtekPlaceLists } from './generated-places.ts'
import type { CityRow, RegionRow } from './sample-places.ts'
import type { DevtekSwitches } from './switches.ts'

/** How lists may look, each in a way that has been met or may be: the document shows none. */
type ListFormat = Pick<DevtekSwitches, 'listsBare' | 'listsAsText' | 'listsWithKladr'>

/** The answer of get-regions. */
export function regionsResponse({ regions }: DevtekPlaceLists, looks: ListFormat): SandboxResponse {
  return listResponse(
    'regions',
    regions.map((one) => formatRow(one, looks, undefined)),
    looks,
  )
}

/** The answer of get-cities, of one region or of all. */
export function citiesResponse(
  { cities, codes }: DevtekPlaceLists,
  regionId: number | undefined,
  looks: ListFormat,
): SandboxResponse {
  const wanted = regionId === undefined ? cities : cities.filter((one) => one.region_id === regionId)
  return listResponse(
    'cities',
    wanted.map((one) => formatRow(one, looks, codes.get(one.city_id))),
    looks,
  )
}

function listResponse(name: string, rows: readonly object[], { listsBare }: ListFormat): SandboxResponse {
  const answer = okResponse({ [name]: rows })
  return listsBare ? { ...answer, text: JSON.stringify(rows) } : answer
}

function formatRow(
  row: RegionRow | CityRow,
  { listsAsText, listsWithKladr }: ListFormat,
  kladr: string | undefined,
): object {
  const whole = listsWithKladr && kladr !== undefined ? { ...row, kladr } : row
  return listsAsText
    ? Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, toText(value)]))
    : whole
}

/** As PHP gives out what a database has told it. */
function toText(value: unknown): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value)
}
