import type { SearchKey } from './search-key.ts'

/** More places than this begin alike: then the first of them are noted, so that nobody has to look through all. */
export const maxScannedPlaces = 64

/** The first places of a beginning: those that are called just so, then the others, each by rank. */
export type CommonPrefix = readonly [head: string, places: readonly number[]]

interface PrefixGroup {
  readonly exact: number[]
  readonly longer: number[]
}

/**
 * The beginnings that more than {@link maxScannedPlaces} names share, with their first places (ranks, from 1). Long lists take
 * a while, so this pauses after every few: `pause` lets others have their turn.
 */
export async function findCommonPrefixes(
  keys: readonly SearchKey[],
  pause: () => Promise<void>,
): Promise<readonly CommonPrefix[]> {
  const heads: CommonPrefix[] = []
  let parents: ReadonlySet<string> = new Set([''])
  // A beginning is shared only if every shorter one is.
  for (let length = 1; parents.size > 0; length += 1) {
    const groups = new Map<string, PrefixGroup>()
    for (const [index, { key, sound, words }] of keys.entries()) {
      if (index % 2000 === 1999) await pause()
      const seen = new Set<string>()
      for (const text of [key, sound, ...words]) {
        if (text.length < length || !parents.has(text.slice(0, length - 1))) continue
        const head = text.slice(0, length)
        if (seen.has(head)) continue
        seen.add(head)
        const group = groups.get(head) ?? { exact: [], longer: [] }
        groups.set(head, group)
        const list = key.length === length || sound.length === length ? group.exact : group.longer
        if (list.length <= maxScannedPlaces) list.push(index + 1)
      }
    }
    const shared = [...groups].filter(
      ([, { exact, longer }]) => exact.length + longer.length > maxScannedPlaces,
    )
    for (const [head, { exact, longer }] of shared) {
      heads.push([head, [...exact, ...longer].slice(0, maxScannedPlaces)])
    }
    parents = new Set(shared.map(([head]) => head))
  }
  return heads
}
