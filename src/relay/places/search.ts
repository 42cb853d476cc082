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
import { placeTableNames } from './generations/tables.ts'
import type { FormPlaces } from './form-places.ts'

/** A region with more cities than this is not sent as a whole. */
export const maxCompleteCities = 12_000

/** The number of the most important cities that are sent instead. */
const maxImportantCities = 300

/** The maximum number of cities for a query text. */
const maxMatches = 50

/** With this many matches, or with an exact one, the search does not look for typing errors. */
const enoughMatches = 8

/** Searches the cities of a form by region and text. Without a text, lists the region's or the most important cities. */
export async function searchPlaces(
  database: Queryable,
  places: FormPlaces,
  { region, text = '' }: Omit<CityQuery, 'region'> & { readonly region?: Region | undefined },
): Promise<CityAnswer> {
  const regionIds = region && places.findRegionIds(region)
  if (queryVariants(text).length > 0)
    return { cities: await searchByText(database, places, text, regionIds), complete: false }
  const limit = regionIds ? maxCompleteCities : maxImportantCities
  const found = await searchScopes(places, ({ generation, excludeOverlap }) =>
    database.query<PlaceRow>(
      `select ${placeColumns} from ${placeTableNames(generation).places}
       where ($1::text[] is null or region = any($1)) and not (twin and $2)
       order by place limit ${limit + 1}`,
      [regionIds ?? null, excludeOverlap],
    ),
  )
  const complete = regionIds !== undefined && places.hasCities && found.length <= limit
  const cities = createCitySearch(await toCities(database, places, found))(
    '',
    complete ? limit : maxImportantCities,
  )
  return { cities, complete }
}

async function searchByText(
  database: Queryable,
  places: FormPlaces,
  text: string,
  regionIds: readonly string[] | undefined,
): Promise<readonly City[]> {
  const readings = expandQuery(text).filter((reading) => !/[a-z]/.test(reading))
  const prefixes: readonly PrefixQuery[] = [
    ...removeDuplicates(readings.map(removeSpaces)).map((reading) => ({
      text: reading,
      bySound: false,
      regions: regionIds,
    })),
    ...queryVariants(text)
      .filter(({ phonetic }) => phonetic)
      .map((spelling) => ({
        text: removeSpaces(phoneticKey(spelling.text)),
        bySound: true,
        regions: regionIds,
      })),
  ]
  let found: readonly PlaceRow[] = []
  let cities: readonly City[] = []
  const addMatches = async (find: typeof findByPrefix, queries: readonly PrefixQuery[]): Promise<void> => {
    found = [...found, ...(await searchScopes(places, (scope) => find(database, scope, queries)))]
    cities = createCitySearch(await toCities(database, places, found))(text, maxMatches)
  }
  const typedNames = new Set(prefixes.map((prefix) => prefix.text))
  const isExact = (folded: string): boolean =>
    typedNames.has(removeSpaces(folded)) || typedNames.has(removeSpaces(phoneticKey(folded)))
  const isEnough = (): boolean =>
    cities.length >= enoughMatches || cities.some(({ name }) => isExact(foldPlaceName(name)))
  await addMatches(findByPrefix, prefixes)
  if (!isEnough()) {
    const parts = readings.flatMap((reading) => splitIntoPrefixes(reading, places, regionIds))
    if (parts.length > 0) await addMatches(findByPrefix, parts)
  }
  if (!isEnough())
    await addMatches(
      findByTypo,
      prefixes.filter(({ bySound }) => !bySound),
    )
  return cities
}

/** Several words may be a city and its region, in either order, or prefixes of the words of a name. */
function splitIntoPrefixes(
  reading: string,
  places: FormPlaces,
  regionIds: readonly string[] | undefined,
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
        const regionName = region.join(' ')
        const regions = regionName.length > 1 && !regionIds ? searchRegions(places.regions, regionName) : []
        return regions.length === 0
          ? []
          : [
              {
                text: name.join(''),
                bySound: false,
                regions: regions.flatMap((one) => places.findRegionIds(one)),
              },
            ]
      })
    })
    .concat(words.length > 1 && first.length > 1 ? [{ text: first, bySound: false, regions: regionIds }] : [])
}

async function searchScopes<Item>(
  { scopes }: FormPlaces,
  work: (scope: SearchScope) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  return (await Promise.all(scopes.map(work))).flat()
}

/** Converts rows to cities. A place that the provider's list has, too, gets the provider's id. */
async function toCities(
  database: Queryable,
  places: FormPlaces,
  rows: readonly PlaceRow[],
): Promise<readonly City[]> {
  const ids = await loadOverlapIds(database, places, rows)
  const cities = rows.map(({ id, name, type, region, kladr, population }): City => {
    const known = places.findRegion(region)
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
