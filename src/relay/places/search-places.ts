import { foldPlace } from '../../places/fold-place.ts'
import type { City, Region } from '../../places/place.ts'
import type { CityAnswer, CityQuery } from '../../places/place-directory.ts'
import { createCitySearch } from '../../places/rank-cities.ts'
import { readingsOf } from '../../places/readings.ts'
import { searchRegions } from '../../places/search-regions.ts'
import { soundOf } from '../../places/sound-of.ts'
import { spellingsOf } from '../../places/spellings.ts'
import type { Queryable } from '../database.ts'
import {
  type Beginning,
  findBeginnings,
  findSlips,
  placeColumns,
  type PlaceRow,
  type Scope,
} from './find-candidates.ts'
import { together } from './place-key.ts'
import { placeTables } from './place-tables.ts'
import type { PlaceView } from './place-view.ts'

/** A region with more cities than this is not given out at once. */
export const mostCities = 12_000

/** So many of the most important, where not all are given out. */
const mostImportant = 300

/** So many answers to a text. */
const mostAnswers = 50

/** With so many answers, or with one of just the name that was typed, nobody needs what is one slip away. */
const enough = 8

/** Answers what a form asks for. `region`, where given, is one of the view's. */
export async function searchPlaces(
  database: Queryable,
  view: PlaceView,
  { region, text = '' }: Omit<CityQuery, 'region'> & { readonly region?: Region | undefined },
): Promise<CityAnswer> {
  const within = region && view.idsOf(region)
  if (spellingsOf(text).length > 0)
    return { cities: await answersTo(database, view, text, within), complete: false }
  const limit = within ? mostCities : mostImportant
  const found = await mapScopes(view, ({ generation, withoutTwins }) =>
    database.query<PlaceRow>(
      `select ${placeColumns} from ${placeTables(generation).places}
       where ($1::text[] is null or region = any($1)) and not (twin and $2)
       order by place limit ${limit + 1}`,
      [within ?? null, withoutTwins],
    ),
  )
  const complete = within !== undefined && view.hasCities && found.length <= limit
  const cities = createCitySearch(await citiesOf(database, view, found))('', complete ? limit : mostImportant)
  return { cities, complete }
}

async function answersTo(
  database: Queryable,
  view: PlaceView,
  text: string,
  within: readonly string[] | undefined,
): Promise<readonly City[]> {
  const readings = readingsOf(text).filter((reading) => !/[a-z]/.test(reading))
  const straight: readonly Beginning[] = [
    ...unique(readings.map(together)).map((reading) => ({ text: reading, bySound: false, regions: within })),
    ...spellingsOf(text)
      .filter(({ bySound }) => bySound)
      .map((spelling) => ({ text: together(soundOf(spelling.text)), bySound: true, regions: within })),
  ]
  let found: readonly PlaceRow[] = []
  let cities: readonly City[] = []
  const look = async (search: typeof findBeginnings, beginnings: readonly Beginning[]): Promise<void> => {
    found = [...found, ...(await mapScopes(view, (scope) => search(database, scope, beginnings)))]
    cities = createCitySearch(await citiesOf(database, view, found))(text, mostAnswers)
  }
  const names = new Set(straight.map((beginning) => beginning.text))
  const isJust = (folded: string): boolean =>
    names.has(together(folded)) || names.has(together(soundOf(folded)))
  const isEnough = (): boolean =>
    cities.length >= enough || cities.some(({ name }) => isJust(foldPlace(name)))
  await look(findBeginnings, straight)
  if (!isEnough()) {
    const parts = readings.flatMap((reading) => partBeginnings(reading, view, within))
    if (parts.length > 0) await look(findBeginnings, parts)
  }
  if (!isEnough())
    await look(
      findSlips,
      straight.filter(({ bySound }) => !bySound),
    )
  return cities
}

/** Several words may be a city and its region, in either order, or the beginnings of a name's words. */
function partBeginnings(
  reading: string,
  view: PlaceView,
  within: readonly string[] | undefined,
): readonly Beginning[] {
  const words = reading.split(' ')
  const [first = ''] = words
  return words
    .slice(1)
    .flatMap((_, index) => {
      const [before, after] = [words.slice(0, index + 1), words.slice(index + 1)]
      return [
        [before, after],
        [after, before],
      ].flatMap(([name = [], region = []]): Beginning[] => {
        const named = region.join(' ')
        const regions = named.length > 1 && !within ? searchRegions(view.regions, named) : []
        return regions.length === 0
          ? []
          : [{ text: name.join(''), bySound: false, regions: regions.flatMap((one) => view.idsOf(one)) }]
      })
    })
    .concat(words.length > 1 && first.length > 1 ? [{ text: first, bySound: false, regions: within }] : [])
}

async function mapScopes<Item>(
  { scopes }: PlaceView,
  work: (scope: Scope) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  return (await Promise.all(scopes.map(work))).flat()
}

/** Rows as a form gets them; a place that the provider lists, too, goes by the provider's id. */
async function citiesOf(
  database: Queryable,
  view: PlaceView,
  rows: readonly PlaceRow[],
): Promise<readonly City[]> {
  const ids = await idsOfTwins(database, view, rows)
  const cities = rows.map(({ id, name, type, region, kladr, population }): City => {
    const known = view.regionOf(region)
    return {
      id: (kladr === null ? undefined : ids.get(kladr)) ?? id,
      name,
      type,
      regionId: known?.id ?? region,
      region: known?.name ?? '',
      ...(kladr === null ? {} : { kladr }),
      ...(population === null ? {} : { population }),
    }
  })
  return [...new Map(cities.map((city) => [city.id, city])).values()]
}

async function idsOfTwins(
  database: Queryable,
  { twins }: PlaceView,
  rows: readonly PlaceRow[],
): Promise<ReadonlyMap<string, string>> {
  const codes = rows.flatMap(({ kladr }) => kladr ?? [])
  if (twins === undefined || codes.length === 0) return new Map()
  const found = await database.query<{ kladr: string; id: string }>(
    `select kladr, id from ${placeTables(twins).places} where twin and kladr = any($1) order by place desc`,
    [codes],
  )
  return new Map(found.map(({ kladr, id }) => [kladr, id]))
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
