import { createHash } from 'node:crypto'
import type { Database, Queryable, Transaction } from '../database.ts'
import { type BackupRow, formatRow, formatVersion, LineDigest } from './format.ts'
import { BackupError, newerError, readBackupRows, verifyBackup } from './read-backup.ts'
import { schemaVersion } from '../migrations.ts'
import { readByKey } from './tables.ts'

/**
 * The keys of the leads are in a file of their own, beside the backups: small, and replaced by every backup. A lead that
 * is erased afterwards has no key in the next file, so that no older backup can be decrypted for that lead. What has
 * been erased is in the file, too, so that no older backup brings it back.
 */
const tables = [
  { name: 'lead_keys', key: ['lead'] },
  { name: 'erased_leads', key: ['id_hash'] },
  { name: 'consent_batches', key: ['number'] },
  { name: 'consent_proofs', key: ['number'] },
] as const

/** The name of the file for this database; `undefined` if no lead is encrypted. */
export async function nameKeysFile(database: Queryable): Promise<string | undefined> {
  const [row] = await database.query<{ readonly secret: string }>(
    `select secret from anketa.relay_secrets where name = 'search' and exists (select from anketa.lead_keys)`,
  )
  if (!row) return undefined
  // Several databases may have their backups in one folder.
  const name = createHash('sha256').update('keys file').update(row.secret).digest('hex').slice(0, 12)
  return `anketa-lead-keys-${name}.gz`
}

/** Writes the keys of all leads as lines. They are encrypted with the configured keys. */
export async function* writeLeadKeys(
  database: Database,
  { now, relayVersion }: { readonly now: Date; readonly relayVersion: string },
): AsyncGenerator<string> {
  const digest = new LineDigest()
  const rows: Record<string, number> = {}
  const line = (text: string): string => {
    digest.add(text)
    return `${text}\n`
  }
  yield line(
    JSON.stringify({
      format: 'anketa-lead-keys',
      formatVersion,
      schema: schemaVersion,
      madeAt: now.toISOString(),
      relay: relayVersion,
    }),
  )
  for (const table of tables) {
    rows[table.name] = 0
    for await (const page of readByKey(database, table)) {
      rows[table.name] = (rows[table.name] ?? 0) + page.length
      yield page.map((row) => line(formatRow(row))).join('')
    }
  }
  const { bytes } = digest
  yield `${JSON.stringify({ end: true, rows, identities: {}, sha256: digest.finish(), bytes })}\n`
}

/**
 * Restores the keys of the leads that a backup holds, and leaves out what has been erased since. Throws
 * {@link BackupError} if the file is older than the backup.
 */
export async function restoreLeadKeys(
  transaction: Transaction,
  file: string,
  backupMadeAt: string,
): Promise<void> {
  const { header } = await verifyBackup(file, 'anketa-lead-keys')
  if (header.schema > schemaVersion) throw newerError(file, header.relay)
  if (header.madeAt < backupMadeAt)
    throw new BackupError(
      `${file} is older than the backup (${header.madeAt} and ${backupMadeAt}): put the latest file of keys beside it. Nothing was changed.`,
    )
  await transaction.query('truncate anketa.lead_keys, anketa.consent_batches, anketa.consent_proofs')
  let batch: BackupRow[] = []
  for await (const row of readBackupRows(file)) {
    if (batch.length === maxRows || (batch[0] && batch[0].table !== row.table)) {
      await insertRows(transaction, batch)
      batch = []
    }
    batch.push(row)
  }
  await insertRows(transaction, batch)
  await transaction.query(
    `delete from anketa.leads l using anketa.erased_leads e
     where e.id_hash = encode(sha256(convert_to(l.id::text, 'UTF8')), 'hex')`,
  )
  await transaction.query(
    `select setval(pg_get_serial_sequence('anketa.consent_proofs', 'number'), max(number))
     from anketa.consent_proofs having max(number) is not null`,
  )
}

const conditions: Readonly<Record<string, string>> = {
  // Leads that came after the backup.
  lead_keys: 'where exists (select from anketa.leads l where l.id = r.lead)',
  erased_leads: '',
  consent_batches: '',
  consent_proofs: '',
}

/** Rows in one statement. */
const maxRows = 500

/** Inserts rows of one table. */
async function insertRows(transaction: Transaction, batch: readonly BackupRow[]): Promise<void> {
  const [first] = batch
  if (!first) return
  const { table } = first
  const condition = conditions[table]
  if (condition === undefined)
    throw new BackupError('The file of keys holds another table. Nothing was changed.')
  await transaction.query(
    `insert into anketa.${table} overriding system value
     select r.* from json_populate_recordset(null::anketa.${table}, $1::json) r ${condition} on conflict do nothing`,
    [`[${batch.map(({ json }) => json).join(',')}]`],
  )
}

/** Throws {@link BackupError} if leads are encrypted whose keys are missing. */
export async function requireLeadKeys(transaction: Queryable, keysFile: string | undefined): Promise<void> {
  const [row] = await transaction.query<{ readonly leads: number }>(
    `select count(distinct r.lead)::int as leads from anketa.revisions r
     where r."values" ? '$sealed' and not exists (select from anketa.lead_keys k where k.lead = r.lead)`,
  )
  if (!row || row.leads === 0) return
  throw new BackupError(
    `${row.leads} leads of the backup are encrypted, and their keys are missing${keysFile === undefined ? '' : ` in ${keysFile}`}: every backup writes them to a file beside it (anketa-lead-keys-….gz). Put the latest one into the folder of the backup, or name it with --keys. Nothing was changed.`,
  )
}
