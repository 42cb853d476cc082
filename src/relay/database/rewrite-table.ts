import type { Database, Queryable } from './database.ts'

/** Missing rights, or a statement that a server of this kind does not know. */
const refusedStates: readonly unknown[] = ['42501', '42883', '0A000', '42601']

/**
 * Writes a small table again, so that its files do not hold deleted rows any longer, and ends the files of the
 * write-ahead log that do. Returns false if the server does not let this relay do the latter: then its own checkpoints
 * do it later.
 */
export async function rewriteTable(database: Database, table: string): Promise<boolean> {
  const { maintenance } = database
  await maintenance.query(`vacuum full ${table}`)
  // A file of the log that is used again keeps its old content until it is overwritten. A server reads this from its own
  // configuration.
  if (database.exclusive) await maintenance.query('set wal_recycle = off')
  try {
    return (
      (await tryStatement(maintenance, 'select pg_switch_wal()')) &&
      (await tryStatement(maintenance, 'checkpoint'))
    )
  } finally {
    if (database.exclusive) await maintenance.query('reset wal_recycle')
  }
}

async function tryStatement(source: Queryable, sql: string): Promise<boolean> {
  try {
    await source.query(sql)
    return true
  } catch (error) {
    const { code }: { readonly code?: unknown } = Object(error)
    if (!refusedStates.includes(code)) throw error
    return false
  }
}
