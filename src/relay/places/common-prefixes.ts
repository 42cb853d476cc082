import type { SearchKey } from './search-key.ts'

/** If more places than this share a prefix, its first places are stored, so that a search need not scan them all. */
export const maxScannedPlaces = 64

/** The first places of a common prefix: exact names, then longer ones, each ordered by rank. */
export type CommonPrefix = readonly [prefix: string, places: readonly number[]]

interface PrefixGroup {
  readonly exact: number[]
  readonly longer: number[]
}

/**
 * Finds the prefixes that more than {@link maxScannedPlaces} names share, with their first places (ranks, from 1). Calls
 * `pause` after every 2,000 names, because long lists take a while and this runs on the event loop of the relay.
 */
export async function findCommonPrefixes(
  keys: readonly SearchKey[],
  pause: () => Promise<void>,
): Promise<readonly CommonPrefix[]> {
  const prefixes: CommonPrefix[] = []
  let parents: ReadonlySet<string> = new Set([''])
  // A prefix is common only if the prefix one letter shorter is.
  for (let length = 1; parents.size > 0; length += 1) {
    const groups = new Map<string, PrefixGroup>()
    for (const [index, { key, sound, words }] of keys.entries()) {
      if (index % 2000 === 1999) await pause()
      const seen = new Set<string>()
      for (const text of [key, sound, ...words]) {
        if (text.length < length || !parents.has(text.slice(0, length - 1))) continue
        const prefix = text.slice(0, length)
        if (seen.has(prefix)) continue
        seen.add(prefix)
        const group = groups.get(prefix) ?? { exact: [], longer: [] }
        groups.set(prefix, group)
        const list = key.length === length || sound.length === length ? group.exact : group.longer
        if (list.length <= maxScannedPlaces) list.push(index + 1)
      }
    }
    const common = [...groups].filter(
      ([, { exact, longer }]) => exact.length + longer.length > maxScannedPlaces,
    )
    for (const [prefix, { exact, longer }] of common) {
      prefixes.push([prefix, [...exact, ...longer].slice(0, maxScannedPlaces)])
    }
    parents = new Set(common.map(([prefix]) => prefix))
  }
  return prefixes
}
