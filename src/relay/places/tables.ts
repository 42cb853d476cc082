import type { Database } from '../database/database.ts'

/**
 * The tables of one generation of places. `place` is the rank: 1 for the most important. `key` and `sound` are the folded
 * name and its sound, written together, with which searches compare; `place_words` holds what stands behind the first
 * word, `place_heads` the first places of every beginning that many names share. `listed` is a code that the list itself
 * had, `twin` tells that the imported directory has the place, too.
 */
export async function createPlaceTables(database: Database, generation: number): Promise<void> {
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
    // Planning a search looks through all samples of a column: with the usual hundred that takes longer than the search.
    ...['key', 'sound', 'region'].map((column) => `alter table ${places} alter ${column} set statistics 5`),
    ...['id', 'name', 'type', 'kladr', 'listed'].map(
      (column) => `alter table ${places} alter ${column} set statistics 0`,
    ),
    `create index on ${places} (key)`,
    `create index on ${places} (sound)`,
    `create index on ${places} (region, key)`,
    `create index on ${places} (kladr) where kladr is not null`,
    // With a short pending list (kB): without one every row costs much, and emptying a long one holds everybody up.
    `create index ${trigrams} on ${places} using gin (key gin_trgm_ops) with (gin_pending_list_limit = 64)`,
    `create table ${words} (word text collate "C" not null, place integer not null)`,
    `alter table ${words} alter word set statistics 5`,
    `create index on ${words} (word)`,
    `create table ${heads} (head text collate "C" primary key, places integer[] not null)`,
  ]
  for (const statement of statements) await database.query(statement)
}

/** Removes all tables of places but those of some generations: what an interrupted import left, or a switch replaced. */
export async function dropOtherPlaceTables(
  database: Database,
  generations: readonly number[],
): Promise<void> {
  const found = await database.query<{ name: string; generation: number }>(
    `select tablename as name, substring(tablename from '\\d+$')::int as generation from pg_catalog.pg_tables
     where schemaname = 'anketa' and tablename ~ '^place(s|_words|_heads)_\\d+$'`,
  )
  for (const { name, generation } of found) {
    if (!generations.includes(generation)) await database.query(`drop table anketa.${name}`)
  }
}

/** Names of a generation's tables. */
export function placeTableNames(generation: number) {
  return {
    places: `anketa.places_${generation}`,
    words: `anketa.place_words_${generation}`,
    heads: `anketa.place_heads_${generation}`,
    /** An index, which Postgres puts beside its table. */
    trigrams: `places_${generation}_trigrams`,
  } as const
}
