import { setTimeout as pause } from 'node:timers/promises'
import type { Database, Queryable } from './database.ts'

/** Missing rights, or a statement that a server of this kind does not know. */
const refusedStates: readonly unknown[] = ['42501', '42883', '0A000', '42601']

/**
 * Whether deleted rows are gone from the files. `later`: a transaction that is open may still see them, so that the table
 * has to be written again after it. `refused`: the server does not let this relay end the files of its write-ahead log,
 * and does it with its own checkpoints.
 */
export type RewriteResult = 'done' | 'later' | 'refused'

/** How long the rewriting waits for open transactions, and how often it looks. */
const maxWaitMs = 5000
const waitIntervalMs = 50

/**
 * Writes a small table again, so that its files do not hold deleted rows any longer, and ends the files of the
 * write-ahead log that do.
 */
export async function rewriteTable(database: Database, table: string): Promise<RewriteResult> {
  const { maintenance } = database
  const isGone = database.exclusive || (await waitForTransactions(maintenance))
  await maintenance.query(`vacuum full ${table}`)
  // A file of the log that is used again keeps its old content until it is overwritten. A server reads this from its own
  // configuration.
  if (database.exclusive) await maintenance.query('set wal_recycle = off')
  try {
    const isEnded =
      (await tryStatement(maintenance, 'select pg_switch_wal()')) &&
      (await tryStatement(maintenance, 'checkpoint'))
    if (!isGone) return 'later'
    return isEnded ? 'done' : 'refused'
  } finally {
    if (database.exclusive) await maintenance.query('reset wal_recycle')
  }
}

/** Waits until no transaction of the database can see what was deleted before now. Returns false if one goes on for long. */
async function waitForTransactions(source: Queryable): Promise<boolean> {
  const [row] = await source.query<{ readonly xid: string }>(
    'select (txid_current() % 4294967296)::text as xid',
  )
  const deadline = performance.now() + maxWaitMs
  for (;;) {
    const open = await source.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and greatest(age(backend_xid), age(backend_xmin)) > age($1::text::xid) limit 1`,
      [row?.xid],
    )
    if (open.length === 0) return true
    if (performance.now() > deadline) return false
    await pause(waitIntervalMs)
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
