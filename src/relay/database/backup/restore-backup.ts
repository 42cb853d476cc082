import type { Database, Queryable, Transaction } from '../database.ts'
import { migrateTo, schemaVersion } from '../migrations.ts'
import type { BackupRow } from './format.ts'
import { requireLeadKeys, restoreLeadKeys } from './lead-keys-file.ts'
import { repairConsents } from './repair-consents.ts'
import { leftOut } from './tables.ts'
import { BackupError, newerError, readBackupRows, verifyBackup } from './read-backup.ts'

/** What restoring depends on. */
export interface RestoreDeps {
  readonly database: Database
  /** Creates tables that no migration creates; `table` is the first of them that a row belongs to. */
  readonly createTables: (transaction: Queryable, table: string) => Promise<void>
  /** Checks before every statement whether there is enough space for `bytes`; rejects if there is not. */
  readonly requireSpace?: (bytes: number) => Promise<void>
  /** The file with the keys of the leads, if they are encrypted. */
  readonly keysFile?: string | undefined
  readonly onProgress?: (rows: number, of: number) => void
}

/** What was restored. */
export interface RestoreResult {
  /** ISO 8601: when the backup was made. */
  readonly madeAt: string
  /** The number of rows by table. */
  readonly rows: Readonly<Record<string, number>>
}

/** Rows and bytes of one statement. */
const maxRows = 500
const maxBytes = 1024 * 1024

/**
 * Stores everything that a backup holds in an empty database, in one transaction: all of it or nothing. Throws
 * {@link BackupError} if the file is incomplete, changed or of a newer relay, or if the database is not empty.
 */
export async function restoreBackup(file: string, deps: RestoreDeps): Promise<RestoreResult> {
  const { header, end, bytes } = await verifyBackup(file)
  if (header.schema > schemaVersion) throw newerError(file, header.relay)
  // The rows are on the disk twice, in their tables and in the write-ahead log, with their indexes.
  await deps.requireSpace?.(4 * bytes)
  const total = Object.values(end.rows).reduce((sum, count) => sum + count, 0)
  const restore = async (transaction: Transaction): Promise<void> => {
    await refuseUnlessEmpty(transaction)
    await transaction.query('drop schema if exists anketa cascade')
    await migrateTo(transaction, header.schema)
    const known = new Set(await listTables(transaction))
    // What a migration itself has stored is in the backup, too.
    const filled = [...known].filter((table) => table !== versionTable).map((table) => `anketa."${table}"`)
    if (filled.length > 0) await transaction.query(`truncate ${filled.join(', ')}`)
    let restored = 0
    for await (const batch of groupRows(readBackupRows(file))) {
      const [{ table }] = batch
      if (!known.has(table)) {
        await deps.createTables(transaction, table)
        for (const name of await listTables(transaction)) known.add(name)
      }
      await deps.requireSpace?.(0)
      await insertRows(transaction, table, batch)
      restored += batch.length
      deps.onProgress?.(restored, total)
    }
    if (restored !== total)
      throw new BackupError('The backup was changed while it was read. Nothing was restored.')
    for (const [name, last] of Object.entries(end.identities)) {
      const [table = '', column = ''] = name.split('.')
      await transaction.query('select setval(pg_get_serial_sequence($1, $2), $3::bigint)', [
        `anketa.${table}`,
        column,
        last,
      ])
    }
    await migrateTo(transaction, schemaVersion)
    if (deps.keysFile !== undefined) await restoreLeadKeys(transaction, deps.keysFile, header.madeAt)
    await requireLeadKeys(transaction, deps.keysFile)
    await repairConsents(transaction)
  }
  await deps.database.transaction(restore, { isMaintenance: true })
  return { madeAt: header.madeAt, rows: end.rows }
}

const versionTable = 'schema_version'

/** The tables that a relay fills by itself when it starts for the first time. */
const ownContent: readonly string[] = [
  ...leftOut,
  'campaign_settings',
  'destination_reports',
  'relay_secrets',
  'widget_files',
]

/** Throws {@link BackupError} if the database holds more than a relay stores when it starts. */
async function refuseUnlessEmpty(transaction: Transaction): Promise<void> {
  for (const table of await listTables(transaction)) {
    if (ownContent.includes(table)) continue
    const rows = await transaction.query(`select from anketa."${table}" limit 1`)
    if (rows.length === 0) continue
    throw new BackupError(
      'The database is not empty, and a restore never changes what is there. Nothing was changed. Move the folder of the database away, or name another database in the configuration, and restore again.',
    )
  }
}

async function listTables(database: Queryable): Promise<readonly string[]> {
  const rows = await database.query<{ name: string }>(
    `select tablename as name from pg_catalog.pg_tables where schemaname = 'anketa'`,
  )
  return rows.map(({ name }) => name)
}

type Batch = [BackupRow, ...BackupRow[]]

/** Groups consecutive rows of a table, as far as they fit into one statement. */
async function* groupRows(rows: AsyncIterable<BackupRow>): AsyncGenerator<Batch> {
  let batch: Batch | undefined
  let bytes = 0
  for await (const row of rows) {
    if (batch && batch[0].table === row.table && batch.length < maxRows && bytes < maxBytes) {
      batch.push(row)
      bytes += row.json.length
      continue
    }
    if (batch) yield batch
    batch = [row]
    bytes = row.json.length
  }
  if (batch) yield batch
}

async function insertRows(transaction: Transaction, table: string, batch: Batch): Promise<void> {
  await transaction.query(
    `insert into anketa."${table}" overriding system value
     select * from json_populate_recordset(null::anketa."${table}", $1::json)`,
    [`[${batch.map(({ json }) => json).join(',')}]`],
  )
}
