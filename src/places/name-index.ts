import { closenessOf, farAway, type Name, nameOf } from './closeness.ts'
import { soundOf } from './sound-of.ts'
import type { Spelling } from './spellings.ts'

/** What is looked for: a spelling, and among which things. */
export interface Query<Thing> extends Spelling {
  readonly among?: ((thing: Thing) => boolean) | undefined
}

/**
 * Things by their folded names, in an order of their own: finds those that answer any of some queries, the closest
 * first, then by the query, then in that order.
 */
export function createNameIndex<Thing>(
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly string[],
): (queries: readonly Query<Thing>[], limit: number) => readonly Thing[] {
  // Made when they are first needed: most lists are opened and never searched, and hardly ever in Latin letters.
  let spelt: readonly (readonly Name[])[] | undefined
  let sounded: readonly (readonly Name[])[] | undefined
  const bySpelling = (): readonly (readonly Name[])[] =>
    (spelt ??= things.map((thing) => namesOf(thing).map(nameOf)))
  const bySound = (): readonly (readonly Name[])[] =>
    (sounded ??= things.map((thing) => namesOf(thing).map((name) => nameOf(soundOf(name)))))
  return (queries, limit) => {
    const ranks = Array.from({ length: things.length }, () => Infinity)
    const groups: Thing[][] = Array.from({ length: farAway * queries.length }, () => [])
    for (const [index, query] of queries.entries()) {
      const names = query.bySound ? bySound() : bySpelling()
      const sought = nameOf(query.bySound ? soundOf(query.text) : query.text)
      for (const [place, thing] of things.entries()) {
        if (query.among && !query.among(thing)) continue
        for (const name of names[place] ?? []) {
          const closeness = closenessOf(sought, name)
          const rank = closeness * queries.length + index
          if (closeness < farAway && rank < (ranks[place] ?? 0)) ranks[place] = rank
        }
      }
    }
    for (const [place, thing] of things.entries()) groups[ranks[place] ?? 0]?.push(thing)
    return groups.flat().slice(0, limit)
  }
}
