import { array, object, optional, parse, string } from 'valibot'
import type { Region } from '../../places/place.ts'
import type { Queryable } from '../database/database.ts'
import { placeTableNames } from './tables.ts'

/** Places (ranks) by the beginning of their names. */
export type CommonPrefixes = ReadonlyMap<string, readonly number[]>

/** One version of a list of places; it never changes once it is in use. */
export interface Generation {
  readonly generation: number
  /** `kladr` for the imported directory, a provider's address for its list. */
  readonly source: string
  /** Changes with the content. */
  readonly fingerprint: string
  readonly regions: readonly Region[]
  /** The first places of every beginning that many names share: few enough to be kept at hand. */
  readonly commonPrefixes: CommonPrefixes
  readonly cities: number
  /** How many cities have no KLADR code. */
  readonly unmatched: number
  /** When the content was last known to be what its source has. */
  readonly checkedAt: Date
  readonly switchedAt: Date
}

/** The lists in use at a moment: they go together, so whoever asks works with one of these throughout. */
export interface PlaceSnapshot {
  readonly kladr: Generation | undefined
  /** Providers' lists by their source. */
  readonly lists: ReadonlyMap<string, Generation>
}

/** The source of the imported directory. */
export const importedSource = 'kladr'

const regionsSchema = array(object({ id: string(), name: string(), kladr: optional(string()) }))

type GenerationRow = Omit<Generation, 'regions' | 'commonPrefixes'> & { readonly regions: unknown }

/** Reads which lists are in use; what does not change is taken over from the snapshot `before`. */
export async function loadPlaceSnapshot(database: Queryable, before?: PlaceSnapshot): Promise<PlaceSnapshot> {
  const rows = await database.query<GenerationRow>(
    `select generation, source, fingerprint, regions, cities, unmatched, checked_at as "checkedAt",
       switched_at as "switchedAt"
     from anketa.place_generations where switched_at is not null`,
  )
  const known = new Map((before ? listGenerations(before) : []).map((one) => [one.generation, one]))
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
