import { foldPlace } from './fold-place.ts'
import { createNameIndex, type Query } from './name-index.ts'
import type { City, Region } from './place.ts'
import { regionNames } from './region-names.ts'
import { shortNames } from './short-names.ts'
import { type Spelling, spellingsOf } from './spellings.ts'

/** A city and its folded name. */
interface Named {
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
    .map((city): Named => ({ city, name: foldPlace(city.name) }))
    .sort((one, other) => bySize(one, other) || byName(one, other))
  const all = named.map(({ city }) => city)
  named.sort((one, other) => bySize(one, other) || byShape(one, other) || byName(one, other))
  const find = createNameIndex(named, ({ name }) => [name, ...(shortNames.get(name) ?? [])])
  const regions = new Map(
    cities.map(({ regionId, region }): [string, Region] => [regionId, { id: regionId, name: region }]),
  )
  const findRegions = createNameIndex([...regions.values()], regionNames)

  function inRegions({ text, bySound }: Spelling): readonly Query<Named>[] {
    return partings(text).flatMap(([name, region]) => {
      const ids = new Set(findRegions([{ text: region, bySound }], Infinity).map(({ id }) => id))
      return ids.size > 0 ? [{ text: name, bySound, among: ({ city }) => ids.has(city.regionId) }] : []
    })
  }

  return (text, limit) => {
    const spellings = spellingsOf(text)
    if (spellings.length === 0) return all.slice(0, limit)
    return find([...spellings, ...spellings.flatMap(inRegions)], limit).map(({ city }) => city)
  }
}

/** Ways to part a text into a city and its region, before or behind it. One letter says nothing of either. */
function partings(text: string): readonly (readonly [name: string, region: string])[] {
  const words = text.split(' ')
  const pairs = new Map<string, [string, string]>()
  // A name and a region have few words; a text of many is something else.
  for (let count = 1; count < Math.min(words.length, 6); count += 1) {
    const first = foldPlace(words.slice(0, count).join(' '))
    const last = foldPlace(words.slice(count).join(' '))
    if (Math.min(first.length, last.length) > 1) {
      pairs.set(`${first},${last}`, [first, last])
      pairs.set(`${last},${first}`, [last, first])
    }
  }
  return [...pairs.values()]
}

function bySize({ city: one }: Named, { city: other }: Named): number {
  return (other.population ?? -1) - (one.population ?? -1)
}

function byShape(one: Named, other: Named): number {
  return (
    Number(other.city.type === 'г') - Number(one.city.type === 'г') || one.name.length - other.name.length
  )
}

function byName({ name: one }: Named, { name: other }: Named): number {
  return one < other ? -1 : Number(one > other)
}
