import { foldPlaceName } from './fold-place.ts'
import { createNameIndex, type NameQuery } from './name-index.ts'
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
 * Creates a search over cities: equal names, beginnings, beginnings of words, then what is one slip away; each larger
 * ones first, then towns, then shorter names, then by the alphabet. The text may hold the region, too:
 * `Киров Калужская`. Without a text all come, by population, then by the alphabet.
 */
export function createCitySearch(cities: readonly City[]): (text: string, limit: number) => readonly City[] {
  const named = cities
    .map((city): NamedCity => ({ city, name: foldPlaceName(city.name) }))
    .sort((one, other) => byPopulation(one, other) || byName(one, other))
  const all = named.map(({ city }) => city)
  named.sort((one, other) => byPopulation(one, other) || byTypeAndLength(one, other) || byName(one, other))
  const find = createNameIndex(named, ({ name }) => [name, ...(cityAliases.get(name) ?? [])])
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

/** Ways to part a text into a city and its region, before or behind it. One letter says nothing of either. */
function splitNameAndRegion(text: string): readonly (readonly [name: string, region: string])[] {
  const words = text.split(' ')
  const pairs = new Map<string, [string, string]>()
  // A name and a region have few words; a text of many is something else.
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

/** The regions that answer a text, best first, as {@link createCitySearch} ranks cities; without a text all, by name. */
export function searchRegions(regions: readonly Region[], text: string): readonly Region[] {
  const sorted = regions
    .map((region) => ({ region, name: foldPlaceName(region.name) }))
    .sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)))
    .map(({ region }) => region)
  const spellings = queryVariants(text)
  return spellings.length > 0 ? createNameIndex(sorted, regionSearchNames)(spellings, Infinity) : sorted
}
