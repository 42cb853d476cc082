import type { City } from '../../../places/place.ts'
import type { Queryable } from '../../database/database.ts'
import { type SearchKey, toSearchKey } from '../search-key.ts'
import { placeTableNames } from './tables.ts'
import { findCommonPrefixes } from '../common-prefixes.ts'

/** A city of a generation. */
export interface StoredCity extends Omit<City, 'region'> {
  /** The KLADR code in the provider's list itself. */
  readonly listedKladr?: string | undefined
  /** Whether the imported directory has the place, too. */
  readonly overlaps?: boolean | undefined
}

/** Rows. A batch must not delay requests: the embedded database has one connection for everything. */
const batchSize = 250

/**
 * Fills the tables of a generation in batches, with a pause after each so that leads are not delayed. Cities must be
 * ordered by importance, descending. Calls `onProgress` with the number of stored cities.
 */
export async function loadGeneration(
  database: Queryable,
  generation: number,
  cities: AsyncIterable<readonly StoredCity[]>,
  { pause, onProgress }: LoadOptions,
): Promise<void> {
  const { places, trigrams, words, heads } = placeTableNames(generation)
  const keys: SearchKey[] = []
  for await (const batch of cities) {
    const first = keys.length + 1
    const batchKeys = batch.map(({ name }) => toSearchKey(name))
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
        batchKeys.map(({ key }) => key),
        batchKeys.map(({ sound }) => sound),
      ],
    )
    const laterWords = batchKeys.flatMap((key, index) =>
      key.words.map((word) => [word, first + index] as const),
    )
    if (laterWords.length > 0) {
      await database.query(`insert into ${words} (word, place) select * from unnest($1::text[], $2::int[])`, [
        laterWords.map(([word]) => word),
        laterWords.map(([, place]) => place),
      ])
    }
    keys.push(...batchKeys)
    onProgress?.(keys.length)
    await pause()
  }
  const commonPrefixes = await findCommonPrefixes(keys, pause)
  for (const batch of splitIntoBatches(commonPrefixes)) {
    await database.query(
      `insert into ${heads} (head, places)
       select head, array(select value::int from jsonb_array_elements_text(places))
       from unnest($1::text[], $2::jsonb[]) as common (head, places)`,
      [batch.map(([prefix]) => prefix), batch.map(([, ranks]) => JSON.stringify(ranks))],
    )
    await pause()
  }
  await database.query(
    'select gin_clean_pending_list(found) from to_regclass($1) as found where found is not null',
    [`anketa.${trigrams}`],
  )
  for (const table of [places, words, heads]) await database.query(`analyze ${table}`)
}

/** Options of {@link loadGeneration}. */
export interface LoadOptions {
  /** Yields to the event loop. */
  readonly pause: () => Promise<void>
  readonly onProgress?: ((cities: number) => void) | undefined
}

/** Splits a list into batches. */
export function* splitIntoBatches<Item>(
  items: readonly Item[],
  size: number = batchSize,
): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
