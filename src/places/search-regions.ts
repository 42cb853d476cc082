import { foldPlace } from './fold-place.ts'
import { createNameIndex } from './name-index.ts'
import type { Region } from './place.ts'
import { regionNames } from './region-names.ts'
import { spellingsOf } from './spellings.ts'

/** The regions that answer a text, best first, as {@link createCitySearch} ranks cities; without a text all, by name. */
export function searchRegions(regions: readonly Region[], text: string): readonly Region[] {
  const sorted = regions
    .map((region) => ({ region, name: foldPlace(region.name) }))
    .sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)))
    .map(({ region }) => region)
  const spellings = spellingsOf(text)
  return spellings.length > 0 ? createNameIndex(sorted, regionNames)(spellings, Infinity) : sorted
}
