import type { Queryable } from '../database.ts'

/** Bytes of the write-ahead log after which its changes are written to the tables, and its files are used again. */
const maxLogBytes = 32 * 1024 * 1024

/** A table is vacuumed or analyzed after this many changes of rows, and a share of its rows on top. */
const minChanges = 1000
const share = 0.05

interface ChangedTable {
  readonly name: string
  /** Whether rows were deleted, replaced or added since it was last vacuumed. */
  readonly vacuum: boolean
}

/**
 * Does one small step of what a PostgreSQL server does in processes of its own, and an embedded one never does: a
 * checkpoint, without which the write-ahead log grows for ever; vacuuming or analyzing one table. A step blocks the event
 * loop for a few dozen milliseconds, because nothing is left to grow.
 */
export async function maintainEmbedded(database: Queryable): Promise<void> {
  const [log] = await database.query<{ full: boolean }>(
    'select pg_current_wal_lsn() - redo_lsn > $1 as full from pg_control_checkpoint()',
    [maxLogBytes],
  )
  if (log?.full) {
    await database.query('checkpoint')
    return
  }
  // What this session counts is seen by the next step.
  await database.query('select pg_stat_force_next_flush()')
  const [table] = await database.query<ChangedTable>(
    `select quote_ident(schemaname) || '.' || quote_ident(relname) as name,
       greatest(n_dead_tup, n_ins_since_vacuum) > $1 + $2::float8 * n_live_tup as vacuum
     from pg_stat_user_tables where schemaname in ('anketa', 'pgboss')
       and greatest(n_dead_tup, n_ins_since_vacuum, n_mod_since_analyze) > $1 + $2::float8 * n_live_tup
     order by greatest(n_dead_tup, n_ins_since_vacuum, n_mod_since_analyze) desc limit 1`,
    [minChanges, share],
  )
  if (!table) return
  if (table.vacuum) {
    await database.query(`vacuum (truncate false) ${table.name}`)
    return
  }
  // A small sample is enough for the few plans that the relay needs.
  await database.query('set default_statistics_target = 10')
  await database.query(`analyze ${table.name}`)
}
