import type { Database, Queryable } from '../database.ts'
import { type BackupRow, formatRow, formatVersion, LineDigest } from './format.ts'
import { nameKeysFile } from './lead-keys-file.ts'
import { type BackupTables, findTables, readByKey, readIdentities } from './tables.ts'

/** What a backup says about itself. */
export interface BackupOptions {
  readonly now: Date
  /** The version of the relay. */
  readonly relayVersion: string
  /** Yields to the event loop, between two statements. */
  readonly pause: () => Promise<void>
}

/** Leads in one statement. A statement must not delay requests: the embedded database has one connection for everything. */
const leadsPerStatement = 50

/**
 * Writes all rows of the relay's schema as lines, each with its line break. Leads may come in meanwhile: each lead is read
 * by one statement, so it is complete and consistent, and every lead that was stored before the backup began is part of it.
 * Jobs are not: a delivery that waits gets a new one when it is restored.
 */
export async function* writeBackup(database: Database, options: BackupOptions): AsyncGenerator<string> {
  const digest = new LineDigest()
  const rows: Record<string, number> = {}
  const tables = await findTables(database)
  const [version] = await database.query<{ version: number }>('select version from anketa.schema_version')
  const header = {
    format: 'anketa-backup',
    formatVersion,
    schema: version?.version ?? 0,
    madeAt: options.now.toISOString(),
    relay: options.relayVersion,
    keys: await nameKeysFile(database),
  }
  yield addLine(digest, JSON.stringify(header))
  for (const { name } of tables.ownTables) rows[name] = 0
  for (const name of ['leads', ...tables.leadTables.keys()]) rows[name] = 0
  for await (const page of readRows(database, tables)) {
    const lines: string[] = []
    for (const row of page) {
      rows[row.table] = (rows[row.table] ?? 0) + 1
      lines.push(addLine(digest, formatRow(row)))
    }
    yield lines.join('')
    await options.pause()
  }
  const identities = await readIdentities(database)
  const { bytes } = digest
  yield `${JSON.stringify({ end: true, rows, identities, sha256: digest.finish(), bytes })}\n`
}

function addLine(digest: LineDigest, line: string): string {
  digest.add(line)
  return `${line}\n`
}

async function* readRows(
  database: Queryable,
  { ownTables, leadTables }: BackupTables,
): AsyncGenerator<readonly BackupRow[]> {
  for (const table of ownTables) {
    yield* table.key.length > 0 ? readByKey(database, table) : readByBlocks(database, table.name)
  }
  yield* readLeads(database, leadTables)
}

/** Reads leads in the order of their numbers, each with the rows of the other tables that belong to it. */
async function* readLeads(
  database: Queryable,
  leadTables: BackupTables['leadTables'],
): AsyncGenerator<readonly BackupRow[]> {
  const [last] = await database.query<{ number: string | null }>(
    'select max(number)::text as number from anketa.leads',
  )
  const parts = [...leadTables].map(
    ([table, column]) =>
      `select '${table}' as table, row_to_json(t)::text as json from anketa.${table} t where t.${column} in (select id from page)`,
  )
  const sql = `with page as materialized (
      select * from anketa.leads where number > $1::bigint and number <= $2::bigint order by number limit ${leadsPerStatement})
    select 'leads' as table, row_to_json(p)::text as json, p.number::text as number from page p
    ${parts.map((part) => `union all select part.*, null from (${part}) part`).join('\n')}`
  let number = '-9223372036854775808'
  for (;;) {
    const page = await database.query<BackupRow & { number: string | null }>(sql, [
      number,
      last?.number ?? null,
    ])
    const numbers = page.flatMap((row) => (row.number === null ? [] : [BigInt(row.number)]))
    if (numbers.length === 0) return
    number = String(numbers.reduce((most, one) => (one > most ? one : most)))
    // Leads come before what references them.
    yield page.toSorted((one, other) => Number(other.table === 'leads') - Number(one.table === 'leads'))
  }
}

/** Blocks of 8 kB in one statement. */
const blocksPerStatement = 16

/** Reads a table without a key by its blocks on the disk. */
async function* readByBlocks(database: Queryable, name: string): AsyncGenerator<readonly BackupRow[]> {
  const [size] = await database.query<{ blocks: number }>(
    `select (pg_relation_size($1::regclass) / current_setting('block_size')::int)::int as blocks`,
    [`anketa.${name}`],
  )
  for (let block = 0; block < (size?.blocks ?? 0); block += blocksPerStatement) {
    yield await database.query<BackupRow>(
      `select '${name}' as table, row_to_json(t)::text as json from anketa.${name} t
       where ctid >= $1::tid and ctid < $2::tid`,
      [`(${block},0)`, `(${block + blocksPerStatement},0)`],
    )
  }
}
