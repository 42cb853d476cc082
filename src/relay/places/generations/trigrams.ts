import type { Queryable } from '../../database/database.ts'
import type { Log } from '../../log.ts'

/** The operator class for indexes of trigrams, with its schema; `undefined` if the extension is missing. */
export async function findTrigramOperators(database: Queryable): Promise<string | undefined> {
  const [row] = await database.query<{ schema: string }>(
    `select quote_ident(n.nspname) as schema from pg_catalog.pg_extension e
     join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'`,
  )
  return row && `${row.schema}.gin_trgm_ops`
}

/**
 * Creates the extension for trigrams if this user may do so. Without it places are found as well, but the search for
 * typing errors reads whole lists; the log then names the statement for the administrator.
 */
export async function ensureTrigrams(database: Queryable, log: Log): Promise<void> {
  if ((await findTrigramOperators(database)) !== undefined) return
  try {
    await database.query('create extension if not exists pg_trgm')
  } catch {
    log(
      'warning',
      "The database has no extension pg_trgm, and this user may not create it: the search for places with typing errors is slow. Let the database's administrator run CREATE EXTENSION pg_trgm in this database; lists that are loaded afterwards use it",
    )
  }
}
