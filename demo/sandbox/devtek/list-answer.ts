import type { Answer } from '../answer.ts'
import { okAnswer } from './answers.ts'
import type { PlaceLists } from './many-places.ts'
import type { ListedCity, ListedRegion } from './places.ts'
import type { Switches } from './switches.ts'

/** How lists may look, each in a way that has been met or may be: the document shows none. */
type Looks = Pick<Switches, 'listsBare' | 'listsAsText' | 'listsWithKladr'>

/** The answer of get-regions. */
export function regionsAnswer({ regions }: PlaceLists, looks: Looks): Answer {
  return listAnswer(
    'regions',
    regions.map((one) => look(one, looks, undefined)),
    looks,
  )
}

/** The answer of get-cities, of one region or of all. */
export function citiesAnswer(
  { cities, codes }: PlaceLists,
  regionId: number | undefined,
  looks: Looks,
): Answer {
  const wanted = regionId === undefined ? cities : cities.filter((one) => one.region_id === regionId)
  return listAnswer(
    'cities',
    wanted.map((one) => look(one, looks, codes.get(one.city_id))),
    looks,
  )
}

function listAnswer(name: string, rows: readonly object[], { listsBare }: Looks): Answer {
  const answer = okAnswer({ [name]: rows })
  return listsBare ? { ...answer, text: JSON.stringify(rows) } : answer
}

function look(
  row: ListedRegion | ListedCity,
  { listsAsText, listsWithKladr }: Looks,
  kladr: string | undefined,
): object {
  const whole = listsWithKladr && kladr !== undefined ? { ...row, kladr } : row
  return listsAsText
    ? Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, textOf(value)]))
    : whole
}

/** As PHP gives out what a database has told it. */
function textOf(value: unknown): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value)
}
