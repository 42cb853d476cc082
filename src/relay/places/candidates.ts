import type { Queryable } from '../database/database.ts'
import type { CommonPrefixes } from './generation.ts'
import { placeTableNames } from './tables.ts'
import { maxScannedPlaces } from './common-prefixes.ts'
import { createTypoPatterns } from './typo-patterns.ts'

/** A row of a generation's places. */
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

/** A text that names may begin with, folded and written together. */
export interface PrefixQuery {
  readonly text: string
  /** Whether it is the sound of a name that is compared. */
  readonly bySound: boolean
  /** Ids of the regions to look in; everywhere unless given. */
  readonly regions?: readonly string[] | undefined
}

/** One generation to look in. */
export interface SearchScope {
  readonly generation: number
  readonly commonPrefixes: CommonPrefixes
  /** Whether places that the imported directory has, too, are left out. */
  readonly excludeOverlap: boolean
}

/** Places whose names, or later words of them, begin with one of the texts: the first of them by rank, at the least. */
export async function findByPrefix(
  database: Queryable,
  { generation, commonPrefixes, excludeOverlap }: SearchScope,
  beginnings: readonly PrefixQuery[],
): Promise<readonly PlaceRow[]> {
  const { places, words } = placeTableNames(generation)
  const parameters: unknown[] = []
  const bound = (value: unknown): string => `$${parameters.push(value)}`
  const parts = beginnings.map(({ text, bySound, regions }) => {
    const known = regions ? undefined : commonPrefixes.get(text)
    if (known) return `select * from ${places} where place = any(${bound(known)}::int[])`
    const [from, to] = [bound(text), bound(prefixEnd(text))]
    const column = bySound ? 'sound' : 'key'
    const within = regions ? `region = any(${bound(regions)}::text[]) and` : ''
    const own = `select * from ${places} where ${within} ${column} >= ${from} and ${column} < ${to}`
    // A region may hold many; everywhere else there are few, or the beginning would be a shared one.
    const first = regions
      ? `(${own} order by (${column} = ${from}) desc, place limit ${maxScannedPlaces})`
      : own
    return `${first} union all select * from ${places} where ${within} place in
      (select place from ${words} where word >= ${from} and word < ${to})`
  })
  return collectRows(database, parts, parameters, excludeOverlap)
}

/** Places whose names begin with one of the texts but for one slip. */
export async function findByTypo(
  database: Queryable,
  { generation, excludeOverlap }: SearchScope,
  beginnings: readonly Pick<PrefixQuery, 'text' | 'regions'>[],
): Promise<readonly PlaceRow[]> {
  const { places } = placeTableNames(generation)
  const parameters: unknown[] = []
  const bound = (value: unknown): string => `$${parameters.push(value)}`
  const parts = beginnings.flatMap(({ text, regions }) => {
    const within = regions ? `region = any(${bound(regions)}::text[]) and` : ''
    const slips = createTypoPatterns(text)
    const starts = slips.flatMap((slip) => ('start' in slip ? slip.start : []))
    const names = slips.flatMap((slip) => ('name' in slip ? slip.name : []))
    const found = slips.flatMap((slip) =>
      'pattern' in slip ? `select * from ${places} where ${within} key like ${bound(slip.pattern)}` : [],
    )
    if (names.length > 0)
      found.push(`select * from ${places} where ${within} key = any(${bound(names)}::text[])`)
    if (starts.length > 0) {
      // In the order of the index, so that a planner does not think of going through all of them.
      found.push(`select begun.* from unnest(${bound(starts)}::text[]) as start, lateral (
        select * from ${places} where ${within} key >= start and key < start || ${bound(prefixEnd(''))}
        order by key limit ${maxScannedPlaces}) as begun`)
    }
    // First found, then ordered: a planner that hopes for the first few would go through all by rank.
    return found.length === 0
      ? []
      : `select * from (with found as materialized (
            select distinct on (place) * from (${found.join(' union all ')}) as every
          ) select * from found order by (char_length(key) between ${text.length - 1} and ${text.length + 1}) desc, place
          limit ${2 * maxScannedPlaces}) as closest`
  })
  return collectRows(database, parts, parameters, excludeOverlap)
}

async function collectRows(
  database: Queryable,
  parts: readonly string[],
  parameters: readonly unknown[],
  withoutTwins: boolean,
): Promise<readonly PlaceRow[]> {
  if (parts.length === 0) return []
  const rows = await database.query<PlaceRow>(
    `select ${placeColumns} from (${parts.join(' union all ')}) as candidates
     ${withoutTwins ? 'where not twin' : ''}`,
    parameters,
  )
  return [...new Map(rows.map((row) => [row.place, row])).values()]
}

/** The first text behind all that begin with this one: names hold nothing like the last character of Unicode. */
function prefixEnd(text: string): string {
  return `${text}\u{10FFFF}`
}
