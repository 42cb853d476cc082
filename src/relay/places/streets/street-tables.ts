import type { Queryable } from '../../database/database.ts'

/** The two directories: streets with their codes, and the houses of streets. Each is imported and replaced on its own. */
export const streetLists = ['streets', 'houses'] as const

/** The name of a directory. */
export type StreetList = (typeof streetLists)[number]

/** The table of a generation of a directory. */
export function streetTableName(list: StreetList, generation: number): string {
  return `anketa.${list === 'streets' ? 'streets' : 'house_rows'}_${generation}`
}

const columns = {
  // The city is the first 11 digits of the street's code, and the street the next four.
  streets: `city bigint not null, street smallint not null, index integer, name text not null, type text not null,
    key text collate "C" not null`,
  // The street is the first 15 digits of a house's code. A row names several houses, and is stored as it came.
  houses: 'street bigint not null, house smallint not null, index integer, names text not null',
} as const satisfies Record<StreetList, string>

/** The search needs few statistics of these, and a small sample keeps other requests waiting for a shorter time. */
const indexed = { streets: ['city', 'key'], houses: ['street'] } as const satisfies Record<
  StreetList,
  readonly string[]
>
/** And none of these. */
const withoutStatistics = {
  streets: ['street', 'index', 'name', 'type'],
  houses: ['house', 'index', 'names'],
} as const satisfies Record<StreetList, readonly string[]>

/** Creates the table of a generation, with its index: filling it in the order of the codes costs little more then. */
export async function createStreetTable(
  database: Queryable,
  list: StreetList,
  generation: number,
): Promise<void> {
  const table = streetTableName(list, generation)
  await database.query(`create table ${table} (${columns[list]})`)
  for (const column of indexed[list])
    await database.query(`alter table ${table} alter ${column} set statistics 10`)
  for (const column of withoutStatistics[list])
    await database.query(`alter table ${table} alter ${column} set statistics 0`)
  await database.query(`create index on ${table} (${indexed[list].join(', ')})`)
}

/** Drops the tables of generations that have no row any more. */
export async function dropUnusedStreetTables(database: Queryable): Promise<void> {
  const found = await database.query<{ name: string }>(
    `select tablename as name from pg_catalog.pg_tables
     where schemaname = 'anketa' and tablename ~ '^(streets|house_rows)_\\d+$'
       and substring(tablename from '\\d+$')::int not in (select generation from anketa.street_lists)`,
  )
  for (const { name } of found) await database.query(`drop table if exists anketa.${name}`)
}

/** Lets changes of the lists wait for each other until the transaction ends. Reading goes on. */
export async function lockStreetLists(transaction: Queryable): Promise<void> {
  // A row that is always there. Not "lock table", which YugabyteDB lacks.
  await transaction.query('select version from anketa.schema_version for update')
}
