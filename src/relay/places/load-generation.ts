import type { City } from '../../places/place.ts'
import type { Database } from '../database/database.ts'
import { type SearchKey, toSearchKey } from './search-key.ts'
import { placeTableNames } from './tables.ts'
import { findCommonPrefixes } from './common-prefixes.ts'

/** A city as it is stored. */
export interface StoredCity extends Omit<City, 'region'> {
  /** The code that the list itself had. */
  readonly listedKladr?: string | undefined
  /** Whether the imported directory has the place, too. */
  readonly overlaps?: boolean | undefined
}

/** Few enough that nobody notices waiting for them: the embedded database has one connection for all. */
const batchSize = 250

/**
 * Fills the tables of a generation, in small steps between which leads have their turn. Cities come the most important
 * first. `onProgress` hears how many are there.
 */
export async function loadGeneration(
  database: Database,
  generation: number,
  cities: AsyncIterable<readonly StoredCity[]>,
  { pause, onProgress }: LoadOptions,
): Promise<void> {
  const { places, trigrams, words, heads } = placeTableNames(generation)
  const keys: SearchKey[] = []
  for await (const batch of cities) {
    const first = keys.length + 1
    const own = batch.map(({ name }) => toSearchKey(name))
    await database.query(
      `insert into ${places} (place, id, name, type, region, kladr, population, listed, twin, key, sound)
       select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[],
         $8::text[], $9::bool[], $10::text[], $11::text[])`,
      [
        batch.map((_, index) => first + index),
        batch.map(({ id }) => id),
        batch.map(({ name }) => name),
        batch.map(({ type }) => type),
        batch.map(({ regionId }) => regionId),
        batch.map(({ kladr }) => kladr ?? null),
        batch.map(({ population }) => population ?? null),
        batch.map(({ listedKladr }) => listedKladr ?? null),
        batch.map(({ overlaps }) => overlaps ?? false),
        own.map(({ key }) => key),
        own.map(({ sound }) => sound),
      ],
    )
    const later = own.flatMap((key, index) => key.words.map((word) => [word, first + index] as const))
    if (later.length > 0) {
      await database.query(`insert into ${words} (word, place) select * from unnest($1::text[], $2::int[])`, [
        later.map(([word]) => word),
        later.map(([, place]) => place),
      ])
    }
    keys.push(...own)
    onProgress?.(keys.length)
    await pause()
  }
  const shared = await findCommonPrefixes(keys, pause)
  for (const batch of splitIntoBatches(shared, batchSize)) {
    await database.query(
      `insert into ${heads} (head, places)
       select head, array(select value::int from jsonb_array_elements_text(places))
       from unnest($1::text[], $2::jsonb[]) as shared (head, places)`,
      [batch.map(([head]) => head), batch.map(([, found]) => JSON.stringify(found))],
    )
    await pause()
  }
  await database.query('select gin_clean_pending_list($1::regclass)', [`anketa.${trigrams}`])
  for (const table of [places, words, heads]) await database.query(`analyze ${table}`)
}

/** What loading takes from outside. */
export interface LoadOptions {
  /** Lets everybody else have a turn. */
  readonly pause: () => Promise<void>
  readonly onProgress?: ((cities: number) => void) | undefined
}

/** A list in parts of some size. */
export function* splitIntoBatches<Item>(
  items: readonly Item[],
  size: number = batchSize,
): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
