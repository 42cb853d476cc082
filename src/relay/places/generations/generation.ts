import { array, object, optional, parse, string } from 'valibot'
import type { Region } from '../../../places/place.ts'
import type { Queryable } from '../../database/database.ts'
import { placeTableNames } from './tables.ts'

/** The first places (ranks) of common prefixes. */
export type CommonPrefixes = ReadonlyMap<string, readonly number[]>

/** One version of a list of places. Immutable once it is in use. */
export interface Generation {
  readonly generation: number
  /** `kladr` for the imported directory, the provider's address for its list. */
  readonly source: string
  /** Changes with the content. */
  readonly fingerprint: string
  readonly regions: readonly Region[]
  /** Few enough to be kept in memory. */
  readonly commonPrefixes: CommonPrefixes
  readonly cities: number
  /** How many cities have no KLADR code. */
  readonly unmatched: number
  /** When the content was last found to be that of its source. */
  readonly checkedAt: Date
  readonly switchedAt: Date
}

/** The lists in use at one moment. They belong together, so a request works with one snapshot throughout. */
export interface PlaceSnapshot {
  readonly kladr: Generation | undefined
  /** Providers' lists by their source. */
  readonly lists: ReadonlyMap<string, Generation>
}

/** The source of the imported directory. */
export const importedSource = 'kladr'

const regionsSchema = array(object({ id: string(), name: string(), kladr: optional(string()) }))

type GenerationRow = Omit<Generation, 'regions' | 'commonPrefixes'> & { readonly regions: unknown }

/** Whether a row of `place_generations` is a list in use: not being loaded, and not replaced. */
export const isInUseSql = 'switched_at is not null and retired_at is null'

/** Reads the lists in use. Takes what does not change from the `previous` snapshot. */
export async function loadPlaceSnapshot(
  database: Queryable,
  previous?: PlaceSnapshot,
): Promise<PlaceSnapshot> {
  const rows = await database.query<GenerationRow>(
    `select generation, source, fingerprint, regions, cities, unmatched, checked_at as "checkedAt",
       switched_at as "switchedAt"
     from anketa.place_generations where ${isInUseSql}`,
  )
  const known = new Map((previous ? listGenerations(previous) : []).map((one) => [one.generation, one]))
  const found: Generation[] = []
  for (const row of rows) {
    const { regions, commonPrefixes } = known.get(row.generation) ?? {
      regions: parse(regionsSchema, row.regions),
      commonPrefixes: await loadCommonPrefixes(database, row.generation),
    }
    found.push({ ...row, regions, commonPrefixes })
  }
  return {
    kladr: found.find(({ source }) => source === importedSource),
    lists: new Map(
      found.filter(({ source }) => source !== importedSource).map((list) => [list.source, list]),
    ),
  }
}

/** All generations of a snapshot. */
export function listGenerations({ kladr, lists }: PlaceSnapshot): readonly Generation[] {
  return [...(kladr ? [kladr] : []), ...lists.values()]
}

async function loadCommonPrefixes(database: Queryable, generation: number): Promise<CommonPrefixes> {
  const rows = await database.query<{ head: string; places: readonly number[] }>(
    `select head, places from ${placeTableNames(generation).heads}`,
  )
  return new Map(rows.map(({ head, places }) => [head, places]))
}
