import type { Queryable } from '../database/database.ts'
import type { CommonPrefixes } from './generations/generation.ts'
import { placeTableNames } from './generations/tables.ts'
import { maxScannedPlaces } from './common-prefixes.ts'
import { createTypoPatterns } from './typo-patterns.ts'

/** A row of the places table of a generation. */
export interface PlaceRow {
  readonly place: number
  readonly id: string
  readonly name: string
  readonly type: string
  readonly region: string
  readonly kladr: string | null
  readonly population: number | null
}

/** The columns of {@link PlaceRow}. */
export const placeColumns = 'place, id, name, type, region, kladr, population'

/** A prefix to search for: folded text without spaces. */
export interface PrefixQuery {
  readonly text: string
  /** Compares the phonetic key of names instead of their text. */
  readonly bySound: boolean
  /** Ids of the regions to search. All regions by default. */
  readonly regions?: readonly string[] | undefined
}

/** A generation to search. */
export interface SearchScope {
  readonly generation: number
  readonly commonPrefixes: CommonPrefixes
  /** Skips places that the imported directory has, too. */
  readonly excludeOverlap: boolean
}

/**
 * Finds places whose name, or a later word of it, begins with one of the prefixes. If many do, finds at least the first
 * of them by rank.
 */
export async function findByPrefix(
  database: Queryable,
  { generation, commonPrefixes, excludeOverlap }: SearchScope,
  prefixes: readonly PrefixQuery[],
): Promise<readonly PlaceRow[]> {
  const { places, words } = placeTableNames(generation)
  const parameters: unknown[] = []
  const bind = (value: unknown): string => `$${parameters.push(value)}`
  const queries = prefixes.map(({ text, bySound, regions }) => {
    const firstPlaces = regions ? undefined : commonPrefixes.get(text)
    if (firstPlaces) return `select * from ${places} where place = any(${bind(firstPlaces)}::int[])`
    const [from, to] = [bind(text), bind(prefixEnd(text))]
    const column = bySound ? 'sound' : 'key'
    const inRegions = regions ? `region = any(${bind(regions)}::text[]) and` : ''
    const byName = `select * from ${places} where ${inRegions} ${column} >= ${from} and ${column} < ${to}`
    // Without a region the matches are few: otherwise the prefix would be a common one.
    const limited = regions
      ? `(${byName} order by (${column} = ${from}) desc, place limit ${maxScannedPlaces})`
      : byName
    return `${limited} union all select * from ${places} where ${inRegions} place in
      (select place from ${words} where word >= ${from} and word < ${to})`
  })
  return collectRows(database, queries, parameters, excludeOverlap)
}

/** Finds places whose names begin with one of the prefixes, apart from one typing error. */
export async function findByTypo(
  database: Queryable,
  { generation, excludeOverlap }: SearchScope,
  prefixes: readonly Pick<PrefixQuery, 'text' | 'regions'>[],
): Promise<readonly PlaceRow[]> {
  const { places } = placeTableNames(generation)
  const parameters: unknown[] = []
  const bind = (value: unknown): string => `$${parameters.push(value)}`
  const queries = prefixes.flatMap(({ text, regions }) => {
    const inRegions = regions ? `region = any(${bind(regions)}::text[]) and` : ''
    const patterns = createTypoPatterns(text)
    const starts = patterns.flatMap((one) => ('start' in one ? one.start : []))
    const names = patterns.flatMap((one) => ('name' in one ? one.name : []))
    const selects = patterns.flatMap((one) =>
      'pattern' in one ? `select * from ${places} where ${inRegions} key like ${bind(one.pattern)}` : [],
    )
    if (names.length > 0)
      selects.push(`select * from ${places} where ${inRegions} key = any(${bind(names)}::text[])`)
    if (starts.length > 0) {
      // The order of the index keeps the planner from scanning the whole table.
      selects.push(`select matched.* from unnest(${bind(starts)}::text[]) as start, lateral (
        select * from ${places} where ${inRegions} key >= start and key < start || ${bind(prefixEnd(''))}
        order by key limit ${maxScannedPlaces}) as matched`)
    }
    // Materialized: to find the first few, the planner would otherwise scan all places by rank.
    return selects.length === 0
      ? []
      : `select * from (with found as materialized (
            select distinct on (place) * from (${selects.join(' union all ')}) as every
          ) select * from found order by (char_length(key) between ${text.length - 1} and ${text.length + 1}) desc, place
          limit ${2 * maxScannedPlaces}) as closest`
  })
  return collectRows(database, queries, parameters, excludeOverlap)
}

async function collectRows(
  database: Queryable,
  queries: readonly string[],
  parameters: readonly unknown[],
  excludeOverlap: boolean,
): Promise<readonly PlaceRow[]> {
  if (queries.length === 0) return []
  const rows = await database.query<PlaceRow>(
    `select ${placeColumns} from (${queries.join(' union all ')}) as candidates
     ${excludeOverlap ? 'where not twin' : ''}`,
    parameters,
  )
  return [...new Map(rows.map((row) => [row.place, row])).values()]
}

/** The upper bound of all texts with a prefix: no name holds the last character of Unicode. */
function prefixEnd(text: string): string {
  return `${text}\u{10FFFF}`
}
