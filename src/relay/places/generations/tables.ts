import type { Queryable } from '../../database/database.ts'
import { findTrigramOperators } from './trigrams.ts'

/**
 * Creates the tables of a generation of places. `place` is the rank, 1 for the most important. `key` and `sound` are the
 * folded name and its phonetic key, without spaces. `place_words` holds the rest of a name from each later word on.
 * `place_heads` holds the first places of common prefixes. `listed` is the KLADR code in the provider's own list. `twin`
 * marks places that the imported directory has, too.
 */
export async function createPlaceTables(database: Queryable, generation: number): Promise<void> {
  const { places, trigrams, words, heads } = placeTableNames(generation)
  const statements = [
    `create table ${places} (
      place integer primary key,
      id text not null,
      name text not null,
      type text not null,
      region text not null,
      kladr text,
      population integer,
      key text collate "C" not null,
      sound text collate "C" not null,
      listed text,
      twin boolean not null
    )`,
    // The planner reads all statistics of a column: with the default target of 100 that takes longer than the search.
    ...['key', 'sound', 'region'].map((column) => `alter table ${places} alter ${column} set statistics 5`),
    ...['id', 'name', 'type', 'kladr', 'listed'].map(
      (column) => `alter table ${places} alter ${column} set statistics 0`,
    ),
    `create index on ${places} (key)`,
    `create index on ${places} (sound)`,
    `create index on ${places} (region, key)`,
    `create index on ${places} (kladr) where kladr is not null`,
    `create table ${words} (word text collate "C" not null, place integer not null)`,
    `alter table ${words} alter word set statistics 5`,
    `create index on ${words} (word)`,
    `create table ${heads} (head text collate "C" primary key, places integer[] not null)`,
  ]
  for (const statement of statements) await database.query(statement)
  const operators = await findTrigramOperators(database)
  if (operators === undefined) return
  // The size is in kB. Without a pending list every insert is slow, and flushing a long one delays all other queries.
  await database.query(
    `create index ${trigrams} on ${places} using gin (key ${operators}) with (gin_pending_list_limit = 64)`,
  )
}

/** Creates the tables of the generation that one of them belongs to. Throws if it is no place table. */
export async function createPlaceTablesFor(database: Queryable, table: string): Promise<void> {
  const [, generation] = /^place(?:s|_words|_heads)_(\d+)$/.exec(table) ?? []
  if (generation === undefined) throw new Error(`There is no table ${table}`)
  await createPlaceTables(database, Number(generation))
}

/** Drops the place tables of generations that have no row: leftovers of an interrupted import or a replaced list. */
export async function dropUnusedPlaceTables(database: Queryable): Promise<void> {
  const found = await database.query<{ name: string }>(
    `select tablename as name from pg_catalog.pg_tables
     where schemaname = 'anketa' and tablename ~ '^place(s|_words|_heads)_\\d+$'
       and substring(tablename from '\\d+$')::int not in (select generation from anketa.place_generations)`,
  )
  for (const { name } of found) await database.query(`drop table if exists anketa.${name}`)
}

/** The table names of a generation. */
export function placeTableNames(generation: number) {
  return {
    places: `anketa.places_${generation}`,
    words: `anketa.place_words_${generation}`,
    heads: `anketa.place_heads_${generation}`,
    /** An index. PostgreSQL creates it in the schema of its table, so the name has none. */
    trigrams: `places_${generation}_trigrams`,
  } as const
}
