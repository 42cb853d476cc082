import { foldPlaceName } from '../../places/fold-place.ts'
import type { City, Region } from '../../places/place.ts'
import type { CityAnswer, CityQuery } from '../../places/place-directory.ts'
import { createCitySearch, searchRegions } from '../../places/place-search.ts'
import { expandQuery, queryVariants } from '../../places/query-variants.ts'
import { phoneticKey } from '../../places/transliteration.ts'
import type { Queryable } from '../database/database.ts'
import {
  type PrefixQuery,
  findByPrefix,
  findByTypo,
  placeColumns,
  type PlaceRow,
  type SearchScope,
} from './candidates.ts'
import { removeSpaces } from './search-key.ts'
import { placeTableNames } from './tables.ts'
import type { FormPlaces } from './form-places.ts'

/** A region with more cities than this is not given out at once. */
export const maxCompleteCities = 12_000

/** So many of the most important, where not all are given out. */
const maxImportantCities = 300

/** So many answers to a text. */
const maxAnswers = 50

/** With so many answers, or with one of just the name that was typed, nobody needs what is one slip away. */
const enoughAnswers = 8

/** Answers what a form asks for. `region`, where given, is one of the view's. */
export async function searchPlaces(
  database: Queryable,
  view: FormPlaces,
  { region, text = '' }: Omit<CityQuery, 'region'> & { readonly region?: Region | undefined },
): Promise<CityAnswer> {
  const within = region && view.findRegionIds(region)
  if (queryVariants(text).length > 0)
    return { cities: await searchByText(database, view, text, within), complete: false }
  const limit = within ? maxCompleteCities : maxImportantCities
  const found = await searchScopes(view, ({ generation, excludeOverlap }) =>
    database.query<PlaceRow>(
      `select ${placeColumns} from ${placeTableNames(generation).places}
       where ($1::text[] is null or region = any($1)) and not (twin and $2)
       order by place limit ${limit + 1}`,
      [within ?? null, excludeOverlap],
    ),
  )
  const complete = within !== undefined && view.hasCities && found.length <= limit
  const cities = createCitySearch(await toCities(database, view, found))(
    '',
    complete ? limit : maxImportantCities,
  )
  return { cities, complete }
}

async function searchByText(
  database: Queryable,
  view: FormPlaces,
  text: string,
  within: readonly string[] | undefined,
): Promise<readonly City[]> {
  const readings = expandQuery(text).filter((reading) => !/[a-z]/.test(reading))
  const straight: readonly PrefixQuery[] = [
    ...removeDuplicates(readings.map(removeSpaces)).map((reading) => ({
      text: reading,
      bySound: false,
      regions: within,
    })),
    ...queryVariants(text)
      .filter(({ phonetic }) => phonetic)
      .map((spelling) => ({
        text: removeSpaces(phoneticKey(spelling.text)),
        bySound: true,
        regions: within,
      })),
  ]
  let found: readonly PlaceRow[] = []
  let cities: readonly City[] = []
  const look = async (search: typeof findByPrefix, beginnings: readonly PrefixQuery[]): Promise<void> => {
    found = [...found, ...(await searchScopes(view, (scope) => search(database, scope, beginnings)))]
    cities = createCitySearch(await toCities(database, view, found))(text, maxAnswers)
  }
  const names = new Set(straight.map((beginning) => beginning.text))
  const isJust = (folded: string): boolean =>
    names.has(removeSpaces(folded)) || names.has(removeSpaces(phoneticKey(folded)))
  const isEnough = (): boolean =>
    cities.length >= enoughAnswers || cities.some(({ name }) => isJust(foldPlaceName(name)))
  await look(findByPrefix, straight)
  if (!isEnough()) {
    const parts = readings.flatMap((reading) => splitIntoPrefixes(reading, view, within))
    if (parts.length > 0) await look(findByPrefix, parts)
  }
  if (!isEnough())
    await look(
      findByTypo,
      straight.filter(({ bySound }) => !bySound),
    )
  return cities
}

/** Several words may be a city and its region, in either order, or the beginnings of a name's words. */
function splitIntoPrefixes(
  reading: string,
  view: FormPlaces,
  within: readonly string[] | undefined,
): readonly PrefixQuery[] {
  const words = reading.split(' ')
  const [first = ''] = words
  return words
    .slice(1)
    .flatMap((_, index) => {
      const [before, after] = [words.slice(0, index + 1), words.slice(index + 1)]
      return [
        [before, after],
        [after, before],
      ].flatMap(([name = [], region = []]): PrefixQuery[] => {
        const named = region.join(' ')
        const regions = named.length > 1 && !within ? searchRegions(view.regions, named) : []
        return regions.length === 0
          ? []
          : [
              {
                text: name.join(''),
                bySound: false,
                regions: regions.flatMap((one) => view.findRegionIds(one)),
              },
            ]
      })
    })
    .concat(words.length > 1 && first.length > 1 ? [{ text: first, bySound: false, regions: within }] : [])
}

async function searchScopes<Item>(
  { scopes }: FormPlaces,
  work: (scope: SearchScope) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  return (await Promise.all(scopes.map(work))).flat()
}

/** Rows as a form gets them; a place that the provider lists, too, goes by the provider's id. */
async function toCities(
  database: Queryable,
  view: FormPlaces,
  rows: readonly PlaceRow[],
): Promise<readonly City[]> {
  const ids = await loadOverlapIds(database, view, rows)
  const cities = rows.map(({ id, name, type, region, kladr, population }): City => {
    const known = view.findRegion(region)
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

async function loadOverlapIds(
  database: Queryable,
  { overlapGeneration }: FormPlaces,
  rows: readonly PlaceRow[],
): Promise<ReadonlyMap<string, string>> {
  const codes = rows.flatMap(({ kladr }) => kladr ?? [])
  if (overlapGeneration === undefined || codes.length === 0) return new Map()
  const found = await database.query<{ kladr: string; id: string }>(
    `select kladr, id from ${placeTableNames(overlapGeneration).places} where twin and kladr = any($1) order by place desc`,
    [codes],
  )
  return new Map(found.map(({ kladr, id }) => [kladr, id]))
}

function removeDuplicates(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
