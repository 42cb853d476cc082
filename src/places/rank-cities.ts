import { foldPlace } from './fold-place.ts'
import { createNameIndex, type Query } from './name-index.ts'
import type { City, Region } from './place.ts'
import { regionNames } from './region-names.ts'
import { shortNames } from './short-names.ts'
import { type Spelling, spellingsOf } from './spellings.ts'

/**
 * Creates a search over cities: exact, prefix, word prefix, then one slip away; larger ones first, then towns, then
 * shorter names. The text may hold the region, too: `Киров Калужская`. Without a text all come.
 */
export function createCitySearch(cities: readonly City[]): (text: string, limit: number) => readonly City[] {
  const ranked = [...cities].sort(bySize)
  const regions = new Map<string, Region>()
  for (const { regionId, region } of cities) {
    if (!regions.has(regionId)) regions.set(regionId, { id: regionId, name: region })
  }
  const find = createNameIndex(ranked, cityNames)
  const findRegions = createNameIndex([...regions.values()], regionNames)

  function inRegions({ text, bySound }: Spelling): readonly Query<City>[] {
    return partings(text).flatMap(([name, region]) => {
      const ids = new Set(findRegions([{ text: region, bySound }], Infinity).map(({ id }) => id))
      return ids.size > 0 ? [{ text: name, bySound, among: ({ regionId }) => ids.has(regionId) }] : []
    })
  }

  return (text, limit) => {
    const spellings = spellingsOf(text)
    if (spellings.length === 0) return ranked.slice(0, limit)
    return find([...spellings, ...spellings.flatMap(inRegions)], limit)
  }
}

function cityNames({ name }: City): readonly string[] {
  const folded = foldPlace(name)
  return [folded, ...(shortNames.get(folded) ?? [])]
}

/** Names with a region after or before them; two letters may be a region's, one says nothing. */
function partings(text: string): readonly (readonly [name: string, region: string])[] {
  const words = text.split(' ')
  return words
    .slice(1)
    .flatMap((_, index): [string, string][] => {
      const first = foldPlace(words.slice(0, index + 1).join(' '))
      const last = foldPlace(words.slice(index + 1).join(' '))
      return [
        [first, last],
        [last, first],
      ]
    })
    .filter(([name, region]) => name !== '' && region.length > 1)
}

function bySize(one: City, other: City): number {
  return (
    (other.population ?? -1) - (one.population ?? -1) ||
    Number(other.type === 'г') - Number(one.type === 'г') ||
    one.name.length - other.name.length ||
    (one.name < other.name ? -1 : Number(one.name > other.name))
  )
}
