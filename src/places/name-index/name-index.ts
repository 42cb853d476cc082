import { matchRankAt, noMatch } from './match-rank.ts'
import { phoneticKey } from '../transliteration.ts'
import type { QueryVariant } from '../query-variants.ts'

/** A spelling to search for, and which items to search. */
export interface NameQuery<Item> extends QueryVariant {
  readonly filter?: ((item: Item) => boolean) | undefined
}

/**
 * Indexes items by their folded names. The search returns items that match any of the queries: the closest matches
 * first, then by the order of queries, then by the order of items.
 */
export function createNameIndex<Item>(
  items: readonly Item[],
  namesOf: (item: Item) => readonly string[],
): (queries: readonly NameQuery<Item>[], limit: number) => readonly Item[] {
  const names = items.map((item) => namesOf(item).join('\t')).join('\n')
  const exactTable = buildNameTable(names)
  // Built when first needed: few people type Latin letters.
  let phoneticTable: NameTable | undefined
  return (queries, limit) => {
    const none = noMatch * queries.length
    const ranks = new Uint16Array(items.length).fill(none)
    for (const [index, { text, phonetic, filter }] of queries.entries()) {
      const table = phonetic ? (phoneticTable ??= buildNameTable(phoneticKey(names))) : exactTable
      forEachMatch(table, phonetic ? phoneticKey(text) : text, (line, closeness) => {
        const rank = closeness * queries.length + index
        const item = items[line]
        if (rank < (ranks[line] ?? 0) && item !== undefined && (!filter || filter(item))) ranks[line] = rank
      })
    }
    const groups = [...Array(none).keys()].map((): Item[] => [])
    for (let line = 0; line < items.length; line += 1) {
      const item = items[line]
      if (item !== undefined) groups[ranks[line] ?? none]?.push(item)
    }
    return groups.flat().slice(0, limit)
  }
}

function forEachMatch(
  { letters, starts, lines }: NameTable,
  text: string,
  onMatch: (line: number, closeness: number) => void,
): void {
  const words = text.split(' ').map(charCodes)
  const query = charCodes(text.replaceAll(' ', ''))
  let next = 0
  for (let index = 0; index < starts.length; index += 1) {
    const start = starts[index] ?? 0
    let closeness = matchRankAt(query, letters, start)
    if (words.length > 1) {
      // The query's words may be beginnings of the name's words, in the same order: `н новг`.
      if (letters[start - 1] === 0) next = 0
      const word = words[next]
      if (word?.[0] === letters[start] && word?.every((letter, offset) => letter === letters[start + offset]))
        next += 1
      if (next === words.length && closeness > 2) closeness = 2
    }
    if (closeness < noMatch) onMatch(lines[index] ?? 0, closeness)
  }
}

function charCodes(text: string): Uint16Array {
  return Uint16Array.from(text, (letter) => letter.charCodeAt(0))
}

/** The letters of all names, and the starts of their words: the data of a search. */
export interface NameTable {
  /** Letters without spaces, so that a misplaced space does not matter; zeros separate names. */
  readonly letters: Uint16Array
  /** The index of each word's first letter. */
  readonly starts: readonly number[]
  /** The line of each word's name. */
  readonly lines: readonly number[]
}

/** Builds a table from lines of folded names separated by tabs. */
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
    // Tabs and line ends leave a zero.
    if (letter !== 32) length += 1
    if (letter === 10) line += 1
  }
  return { letters, starts, lines }
}
