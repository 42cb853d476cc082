import type { Queryable } from '../database.ts'
import type { BackupRow } from './format.ts'

/** The tables of the relay's schema, as a backup reads them. */
export interface BackupTables {
  /** The tables that belong to leads, with the column that names the lead. */
  readonly leadTables: ReadonlyMap<string, string>
  /** All other tables, each after those that it references. */
  readonly ownTables: readonly OwnTable[]
}

/** A table that does not belong to leads. */
export interface OwnTable {
  readonly name: string
  /** The columns of its primary key, in order. Without one, its rows never change once they are there. */
  readonly key: readonly string[]
}

/**
 * Not part of a backup: the version, which is in the header, and what running relays tell each other and would find out
 * again.
 */
export const leftOut: readonly string[] = [
  'schema_version',
  'leases',
  'limits',
  'relays',
  'relay_destinations',
  'relay_keys',
  'account_calls',
  'account_pauses',
  'account_tokens',
  'console_sessions',
  // A trigger fills it from `event_counts`, which a backup has.
  'step_counts',
  // Streets and houses: millions of public rows, which are imported again from their files.
  'street_lists',
  // In a file of its own: see lead-keys-file.ts.
  'lead_keys',
]

/** Whether a table is not part of a backup. The rows of each directory of streets and houses have a table of their own. */
function isLeftOut(name: string): boolean {
  return leftOut.includes(name) || /^(?:streets|house_rows)_\d+$/.test(name)
}

/** Finds the tables of the schema, and how they belong together. */
export async function findTables(database: Queryable): Promise<BackupTables> {
  const tables = await database.query<{ name: string; key: readonly string[] | null }>(
    `select c.relname as name, (
       select array_agg(a.attname::text order by k.position)
       from pg_constraint p cross join lateral unnest(p.conkey) with ordinality as k (number, position)
         join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
       where p.conrelid = c.oid and p.contype = 'p') as key
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'anketa' and c.relkind = 'r' order by c.relname`,
  )
  const references = await database.query<{ from: string; to: string; column: string }>(
    `select f.relname as from, t.relname as to, a.attname::text as column
     from pg_constraint p join pg_class f on f.oid = p.conrelid join pg_class t on t.oid = p.confrelid
       join pg_namespace n on n.oid = f.relnamespace
       join pg_attribute a on a.attrelid = f.oid and a.attnum = p.conkey[1]
     where n.nspname = 'anketa' and p.contype = 'f' and f.oid <> t.oid`,
  )
  const leadTables = new Map(
    references
      .filter(({ from, to }) => to === 'leads' && !leftOut.includes(from))
      .map(({ from, column }) => [from, column]),
  )
  const own = tables.filter(({ name }) => name !== 'leads' && !isLeftOut(name) && !leadTables.has(name))
  const ownTables: OwnTable[] = []
  while (ownTables.length < own.length) {
    const isKnown = (name: string): boolean => ownTables.some((table) => table.name === name)
    const next = own.find(
      ({ name }) => !isKnown(name) && references.every(({ from, to }) => from !== name || isKnown(to)),
    )
    // A circle, or a table that belongs to no lead and references one that does.
    if (!next) throw new Error('The tables of the schema cannot be put into an order')
    ownTables.push({ name: next.name, key: next.key ?? [] })
  }
  return { leadTables, ownTables }
}

/** The identity columns of the schema with the last number that each has given, by table and column. */
export async function readIdentities(database: Queryable): Promise<Readonly<Record<string, string>>> {
  const found = await database.query<{ name: string; last: string }>(
    `select c.table_name || '.' || c.column_name as name, s.last_value::text as last
     from information_schema.columns c join pg_sequences s on s.schemaname = c.table_schema
       and pg_get_serial_sequence(quote_ident(c.table_schema) || '.' || quote_ident(c.table_name), c.column_name)
         = quote_ident(s.schemaname) || '.' || quote_ident(s.sequencename)
     where c.table_schema = 'anketa' and c.is_identity = 'YES' and s.last_value is not null`,
  )
  return Object.fromEntries(found.map(({ name, last }) => [name, last]))
}

/** Rows in one statement. */
const rowsPerStatement = 500

/** Reads a table in the order of its primary key. */
export async function* readByKey(
  database: Queryable,
  { name, key }: OwnTable,
): AsyncGenerator<readonly BackupRow[]> {
  const columns = key.map((column) => `"${column}"`).join(', ')
  const texts = key.map((column) => `"${column}"::text`).join(', ')
  const select = `select '${name}' as table, row_to_json(t)::text as json, array[${texts}] as key from anketa.${name} t`
  const types = await database.query<{ type: string }>(
    `select format_type(a.atttypid, a.atttypmod) as type from unnest($2::text[]) with ordinality as k (name, position)
       join pg_attribute a on a.attrelid = $1::regclass and a.attname = k.name order by k.position`,
    [`anketa.${name}`, key],
  )
  const after = types.map(({ type }, index) => `$${index + 1}::${type}`).join(', ')
  const order = `order by ${columns} limit ${rowsPerStatement}`
  let page = await database.query<BackupRow & { key: readonly string[] }>(`${select} ${order}`)
  while (page.length > 0) {
    yield page
    page = await database.query(`${select} where (${columns}) > (${after}) ${order}`, page.at(-1)?.key)
  }
}
