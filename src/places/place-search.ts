import { foldPlaceName } from './fold-place.ts'
import { createNameIndex, type NameQuery } from './name-index/name-index.ts'
import type { City, Region } from './place.ts'
import { regionSearchNames } from './federal-subjects.ts'
import { cityAliases } from './city-aliases.ts'
import { type QueryVariant, queryVariants } from './query-variants.ts'

/** A city and its folded name. */
interface NamedCity {
  readonly city: City
  readonly name: string
}

/**
 * Creates a search over cities. Order of matches: equal names, beginnings of names, beginnings of words, names with one
 * typo; within each, larger cities first, then towns, then shorter names, then alphabetically. The text may contain the
 * region: `Киров Калужская`. An empty text returns all cities by population, then alphabetically.
 */
export function createCitySearch(cities: readonly City[]): (text: string, limit: number) => readonly City[] {
  const namedCities = cities
    .map((city): NamedCity => ({ city, name: foldPlaceName(city.name) }))
    .sort((one, other) => byPopulation(one, other) || byName(one, other))
  const all = namedCities.map(({ city }) => city)
  namedCities.sort(
    (one, other) => byPopulation(one, other) || byTypeAndLength(one, other) || byName(one, other),
  )
  const find = createNameIndex(namedCities, ({ name }) => [name, ...(cityAliases.get(name) ?? [])])
  const regions = new Map(
    cities.map(({ regionId, region }): [string, Region] => [regionId, { id: regionId, name: region }]),
  )
  const findRegions = createNameIndex([...regions.values()], regionSearchNames)

  function inRegions({ text, phonetic }: QueryVariant): readonly NameQuery<NamedCity>[] {
    return splitNameAndRegion(text).flatMap(([name, region]) => {
      const ids = new Set(findRegions([{ text: region, phonetic }], Infinity).map(({ id }) => id))
      return ids.size > 0 ? [{ text: name, phonetic, filter: ({ city }) => ids.has(city.regionId) }] : []
    })
  }

  return (text, limit) => {
    const spellings = queryVariants(text)
    if (spellings.length === 0) return all.slice(0, limit)
    return find([...spellings, ...spellings.flatMap(inRegions)], limit).map(({ city }) => city)
  }
}

/** Ways to split a text into a city and a region, in either order. Neither may be a single letter. */
function splitNameAndRegion(text: string): readonly (readonly [name: string, region: string])[] {
  const words = text.split(' ')
  const pairs = new Map<string, [string, string]>()
  // Longer texts are not a name and a region.
  for (let count = 1; count < Math.min(words.length, 6); count += 1) {
    const first = foldPlaceName(words.slice(0, count).join(' '))
    const last = foldPlaceName(words.slice(count).join(' '))
    if (Math.min(first.length, last.length) > 1) {
      pairs.set(`${first},${last}`, [first, last])
      pairs.set(`${last},${first}`, [last, first])
    }
  }
  return [...pairs.values()]
}

function byPopulation({ city: one }: NamedCity, { city: other }: NamedCity): number {
  return (other.population ?? -1) - (one.population ?? -1)
}

function byTypeAndLength(one: NamedCity, other: NamedCity): number {
  return (
    Number(other.city.type === 'г') - Number(one.city.type === 'г') || one.name.length - other.name.length
  )
}

function byName({ name: one }: NamedCity, { name: other }: NamedCity): number {
  return one < other ? -1 : Number(one > other)
}

/** Regions that match a text, ranked as in {@link createCitySearch}. An empty text returns all, by name. */
export function searchRegions(regions: readonly Region[], text: string): readonly Region[] {
  const sorted = regions
    .map((region) => ({ region, name: foldPlaceName(region.name) }))
    .sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)))
    .map(({ region }) => region)
  const spellings = queryVariants(text)
  return spellings.length > 0 ? createNameIndex(sorted, regionSearchNames)(spellings, Infinity) : sorted
}
