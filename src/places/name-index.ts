import { closenessAt, farAway } from './closeness.ts'
import { type NameTable, nameTable } from './name-table.ts'
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
  const names = things.map((thing) => namesOf(thing).join('\t')).join('\n')
  const spelt = nameTable(names)
  // Hardly anyone types in Latin letters.
  let sounded: NameTable | undefined
  return (queries, limit) => {
    const none = farAway * queries.length
    const ranks = new Uint16Array(things.length).fill(none)
    for (const [index, { text, bySound, among }] of queries.entries()) {
      const table = bySound ? (sounded ??= nameTable(soundOf(names))) : spelt
      visit(table, bySound ? soundOf(text) : text, (line, closeness) => {
        const rank = closeness * queries.length + index
        const thing = things[line]
        if (rank < (ranks[line] ?? 0) && thing !== undefined && (!among || among(thing))) ranks[line] = rank
      })
    }
    const groups = [...Array(none).keys()].map((): Thing[] => [])
    for (let line = 0; line < things.length; line += 1) {
      const thing = things[line]
      if (thing !== undefined) groups[ranks[line] ?? none]?.push(thing)
    }
    return groups.flat().slice(0, limit)
  }
}

function visit(
  { letters, starts, lines }: NameTable,
  text: string,
  found: (line: number, closeness: number) => void,
): void {
  const words = text.split(' ').map(codesOf)
  const query = codesOf(text.replaceAll(' ', ''))
  let next = 0
  for (let index = 0; index < starts.length; index += 1) {
    const start = starts[index] ?? 0
    let closeness = closenessAt(query, letters, start)
    if (words.length > 1) {
      // Words may also begin words of the name, in their order: `н новг`.
      if (letters[start - 1] === 0) next = 0
      const word = words[next]
      if (word?.[0] === letters[start] && word?.every((letter, place) => letter === letters[start + place]))
        next += 1
      if (next === words.length && closeness > 2) closeness = 2
    }
    if (closeness < farAway) found(lines[index] ?? 0, closeness)
  }
}

function codesOf(text: string): Uint16Array {
  return Uint16Array.from(text, (letter) => letter.charCodeAt(0))
}
