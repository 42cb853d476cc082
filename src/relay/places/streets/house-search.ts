import { foldHouse, listRange, parseHouseList } from './house-list.ts'

/** A row of houses of a street, as it is stored. */
export interface StoredHouses {
  /** 19 digits. */
  readonly kladr: string
  readonly index: string | null
  readonly names: string
}

/** A house with its code. */
export interface FoundHouse {
  /** 19 digits. */
  readonly kladr: string
  readonly name: string
  /** Six digits. */
  readonly index?: string
}

/** Houses that match, and whether these are all. */
export interface HouseAnswer {
  readonly houses: readonly FoundHouse[]
  readonly complete: boolean
}

/** The maximum number of suggestions. */
export const maxSuggestions = 50

const byNumber = new Intl.Collator('ru', { numeric: true })

/**
 * Finds the houses of a street whose names begin with the typed text, the same name first and then by number. A row that
 * names a house goes before a range that holds its number. Rows that name the same house are all found, each with its
 * code.
 */
export function findHouses(rows: readonly StoredHouses[], text: string): HouseAnswer {
  const typed = foldHouse(text)
  const entries = rows.flatMap((row) => parseHouseList(row.names).map((entry) => ({ row, entry })))
  const named = entries.flatMap(({ row, entry }) => {
    const folded = entry.kind === 'house' ? foldHouse(entry.name) : ''
    return entry.kind === 'house' && folded !== '' ? [{ row, name: entry.name, folded }] : []
  })
  const names = new Set(named.map(({ folded }) => folded))
  const limit = maxSuggestions + 1 + names.size
  const ranged = entries.flatMap(({ row, entry }) =>
    entry.kind === 'range'
      ? listRange(entry, typed, limit)
          .map(String)
          .filter((name) => !names.has(name))
          .map((name) => ({ row, name, folded: name }))
      : [],
  )
  const matching = [...named.filter(({ folded }) => folded.startsWith(typed)), ...ranged].toSorted(
    (one, other) =>
      Number(other.folded === typed) - Number(one.folded === typed) ||
      byNumber.compare(one.folded, other.folded),
  )
  const found = new Map(
    matching.map(({ row, name, folded }) => [
      `${folded} ${row.kladr}`,
      { kladr: row.kladr, name, ...(row.index === null ? {} : { index: row.index }) },
    ]),
  )
  return {
    houses: [...found.values()].slice(0, maxSuggestions),
    complete: found.size <= maxSuggestions,
  }
}
