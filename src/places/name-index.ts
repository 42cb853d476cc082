import { matchRankAt, noMatch } from './match-rank.ts'
import { phoneticKey } from './transliteration.ts'
import type { QueryVariant } from './query-variants.ts'

/** What is looked for: a spelling, and among which things. */
export interface NameQuery<Thing> extends QueryVariant {
  readonly filter?: ((thing: Thing) => boolean) | undefined
}

/**
 * Things by their folded names, in an order of their own: finds those that answer any of some queries, the closest
 * first, then by the query, then in that order.
 */
export function createNameIndex<Thing>(
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly string[],
): (queries: readonly NameQuery<Thing>[], limit: number) => readonly Thing[] {
  const names = things.map((thing) => namesOf(thing).join('\t')).join('\n')
  const spelt = buildNameTable(names)
  // Hardly anyone types in Latin letters.
  let sounded: NameTable | undefined
  return (queries, limit) => {
    const none = noMatch * queries.length
    const ranks = new Uint16Array(things.length).fill(none)
    for (const [index, { text, phonetic, filter }] of queries.entries()) {
      const table = phonetic ? (sounded ??= buildNameTable(phoneticKey(names))) : spelt
      forEachMatch(table, phonetic ? phoneticKey(text) : text, (line, closeness) => {
        const rank = closeness * queries.length + index
        const thing = things[line]
        if (rank < (ranks[line] ?? 0) && thing !== undefined && (!filter || filter(thing))) ranks[line] = rank
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

function forEachMatch(
  { letters, starts, lines }: NameTable,
  text: string,
  found: (line: number, closeness: number) => void,
): void {
  const words = text.split(' ').map(charCodes)
  const query = charCodes(text.replaceAll(' ', ''))
  let next = 0
  for (let index = 0; index < starts.length; index += 1) {
    const start = starts[index] ?? 0
    let closeness = matchRankAt(query, letters, start)
    if (words.length > 1) {
      // Words may also begin words of the name, in their order: `н новг`.
      if (letters[start - 1] === 0) next = 0
      const word = words[next]
      if (word?.[0] === letters[start] && word?.every((letter, place) => letter === letters[start + place]))
        next += 1
      if (next === words.length && closeness > 2) closeness = 2
    }
    if (closeness < noMatch) found(lines[index] ?? 0, closeness)
  }
}

function charCodes(text: string): Uint16Array {
  return Uint16Array.from(text, (letter) => letter.charCodeAt(0))
}

/** The letters of names, and where their words begin: what a search runs over. */
export interface NameTable {
  /** Words of a name run together, so that spaces cannot be wrong; zeros stand between names. */
  readonly letters: Uint16Array
  /** Where each word begins. */
  readonly starts: readonly number[]
  /** For each word, which line its name stands in. */
  readonly lines: readonly number[]
}

/** Makes a table from lines of folded names, which tabs part. */
export function buildNameTable(text: string): NameTable {
  const letters = new Uint16Array(text.length + 2)
  const starts: number[] = []
  const lines: number[] = []
  let length = 1
  let line = 0
  let isInWord = false
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charCodeAt(index)
    if (letter > 32) {
      if (!isInWord) {
        starts.push(length)
        lines.push(line)
      }
      letters[length] = letter
    }
    isInWord = letter > 32
    // A tab or the end of a line leaves its zero.
    if (letter !== 32) length += 1
    if (letter === 10) line += 1
  }
  return { letters, starts, lines }
}
