import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toDatabaseConfig } from '../../../src/relay/config/database-config.ts'
import type { Database } from '../../../src/relay/database/database.ts'
import { openDatabase } from '../../../src/relay/database/open-database.ts'
import { toDatabaseOption } from './relay-fixture.ts'

/** Runs a statement on the database of a relay that has been closed. */
export async function readDatabase<Row = object>(database: string, sql: string): Promise<readonly Row[]> {
  return withDatabase(database, (opened) => opened.query<Row>(sql))
}

/** Opens a database of the fixture, of either engine. `now` is the database's clock, if it is embedded. */
export function openUsedDatabase(database: string, now = Date.now()): Promise<Database> {
  return openDatabase(toDatabaseConfig(toDatabaseOption(database)), { now })
}

/** Runs `work` on a database of the fixture, which is closed afterwards. */
export async function withDatabase<Result>(
  database: string,
  work: (opened: Database) => Promise<Result>,
): Promise<Result> {
  const opened = await openUsedDatabase(database)
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

/** Everything that a relay that has been closed has stored: the files of its folder, or all rows of all tables. */
export async function readStoredBytes(database: string): Promise<Buffer> {
  if (!database.startsWith('postgres:')) {
    const files = await readdir(database, { recursive: true, withFileTypes: true })
    const contents = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
    return Buffer.concat(await Promise.all(contents.map((path) => readFile(path))))
  }
  return withDatabase(database, async (opened) => {
    const tables = await opened.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_catalog.pg_tables
       where schemaname in ('anketa', 'pgboss')`,
    )
    const rows: unknown[] = []
    for (const { name } of tables) rows.push(await opened.query(`select t::text from ${name} t`))
    return Buffer.from(JSON.stringify(rows))
  })
}
