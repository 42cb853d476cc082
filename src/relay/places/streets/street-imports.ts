import type { Database, Transaction } from '../../database/database.ts'
import { type NewStreetList, type StreetPart, insertStreetRows } from './street-rows.ts'
import {
  type StreetList,
  createStreetTable,
  dropUnusedStreetTables,
  lockStreetLists,
  streetLists,
  streetTableName,
} from './street-tables.ts'

/** Imports directories of streets and of houses in parts. A new one is loaded beside the one in use. */
export interface StreetImports {
  /**
   * Begins an import, or continues one of the same content that was interrupted. `unchanged`: the directory in use has
   * this content. `busy`: another import of this directory is under way.
   */
  begin(list: NewStreetList, now: Date): Promise<StreetImport | 'unchanged' | 'busy'>
  /** The directory that an import replaces; `undefined` if there is no such import. */
  importOf(generation: number): Promise<StreetList | undefined>
  /** Adds the next rows, and puts a complete directory into use. `lost`: the import is not at this row any more. */
  append(generation: number, part: StreetPart): Promise<StoredStreetPart | 'lost'>
  /** Gives an import up. */
  discard(generation: number): Promise<void>
}

/** An import that has begun. */
export interface StreetImport {
  readonly generation: number
  /** Rows that an interrupted import has stored already. */
  readonly loaded: number
}

/** What is stored of an import after a part. */
export interface StoredStreetPart {
  readonly loaded: number
  /** Whether the directory is complete, and in use. */
  readonly isInUse: boolean
}

/** Dependencies of {@link createStreetImports}. */
export interface StreetImportsDeps {
  readonly database: Database
  /** Yields to the event loop. Throws if the relay has been stopped. */
  readonly pause: () => Promise<void>
  /** Called when a new directory is in use, before {@link StreetImports.append} resolves. */
  readonly onSwitched: () => Promise<void>
}

/** An import without a new row for this long gives way to one of another content. */
const idleSeconds = 30

/** Rows in one transaction. It must not delay requests: the embedded database has one connection for everything. */
const batchSize = 1000

/** Creates the imports of a database. What they have stored is in the database, so any relay can continue them. */
export function createStreetImports({ database, pause, onSwitched }: StreetImportsDeps): StreetImports {
  async function beginOnce(
    transaction: Transaction,
    { list, fingerprint, rows }: NewStreetList,
    now: Date,
  ): Promise<StreetImport | 'unchanged' | 'busy'> {
    await lockStreetLists(transaction)
    const found = await transaction.query<StreetImport & { same: boolean; inUse: boolean; active: boolean }>(
      `select generation, loaded, fingerprint = $2 and rows = $3 as same, switched_at is not null as "inUse",
         touched_at > clock_timestamp() - make_interval(secs => $4) as active
       from anketa.street_lists where list = $1 and retired_at is null`,
      [list, fingerprint, rows, idleSeconds],
    )
    if (found.some(({ inUse, same }) => inUse && same)) return 'unchanged'
    const draft = found.find(({ inUse }) => !inUse)
    if (draft?.same) return { generation: draft.generation, loaded: draft.loaded }
    if (draft?.active) return 'busy'
    await transaction.query('delete from anketa.street_lists where list = $1 and switched_at is null', [list])
    await dropUnusedStreetTables(transaction)
    const [row] = await transaction.query<{ generation: number }>(
      `insert into anketa.street_lists (list, fingerprint, rows, loaded, imported_at, touched_at)
       values ($1, $2, $3, 0, $4, clock_timestamp()) returning generation`,
      [list, fingerprint, rows, now],
    )
    if (!row) throw new Error('The insert returned no generation')
    await createStreetTable(transaction, list, row.generation)
    return { generation: row.generation, loaded: 0 }
  }

  /** Stores rows and their number together, so that an interrupted import is continued at the right row. */
  async function appendBatch(generation: number, batch: StreetPart): Promise<boolean> {
    return database.transaction(
      async (transaction) => {
        const updated = await transaction.query(
          `update anketa.street_lists set loaded = loaded + $3, touched_at = clock_timestamp()
           where generation = $1 and loaded = $2 and loaded + $3 <= rows and list = $4 and switched_at is null
           returning generation`,
          [generation, batch.first, batch.rows.length, batch.list],
        )
        if (updated.length > 0) await insertStreetRows(transaction, generation, batch)
        return updated.length > 0
      },
      // The switch is synced, and everything before it with it.
      { isMaintenance: true, synced: false },
    )
  }

  /** Puts a complete directory into use instead of the former one. */
  async function switchTo(generation: number): Promise<boolean> {
    return database.transaction(async (transaction) => {
      await lockStreetLists(transaction)
      const [row] = await transaction.query<{ list: StreetList }>(
        `select list from anketa.street_lists where generation = $1 and loaded = rows and switched_at is null`,
        [generation],
      )
      if (!row) return false
      await transaction.query(
        `update anketa.street_lists set retired_at = clock_timestamp()
         where list = $1 and switched_at is not null and retired_at is null`,
        [row.list],
      )
      await transaction.query(
        'update anketa.street_lists set switched_at = clock_timestamp() where generation = $1',
        [generation],
      )
      return true
    })
  }

  return {
    begin: (list, now) =>
      database.transaction((transaction) => beginOnce(transaction, list, now), { isMaintenance: true }),

    async importOf(generation) {
      const [row] = await database.query<{ list: string }>(
        'select list from anketa.street_lists where generation = $1 and switched_at is null',
        [generation],
      )
      return streetLists.find((list) => list === row?.list)
    },

    async append(generation, part) {
      for (const batch of splitPart(part)) {
        if (!(await appendBatch(generation, batch))) return 'lost'
        // An embedded database writes a log of the rows, which grows until a step of maintenance lets it be used again.
        if (database.exclusive) await database.maintain()
        await pause()
      }
      const loaded = part.first + part.rows.length
      const [row] = await database.query<{ rows: number; loaded: number }>(
        'select rows, loaded from anketa.street_lists where generation = $1 and switched_at is null',
        [generation],
      )
      if (row?.loaded !== loaded) return 'lost'
      if (loaded < row.rows) return { loaded, isInUse: false }
      await database.maintenance.query(`analyze ${streetTableName(part.list, generation)}`)
      if (!(await switchTo(generation))) return 'lost'
      await onSwitched()
      return { loaded, isInUse: true }
    },

    discard: (generation) =>
      database.transaction(
        async (transaction) => {
          await lockStreetLists(transaction)
          await transaction.query(
            'delete from anketa.street_lists where generation = $1 and switched_at is null',
            [generation],
          )
          await dropUnusedStreetTables(transaction)
        },
        { isMaintenance: true },
      ),
  }
}

function* splitPart(part: StreetPart): Generator<StreetPart> {
  for (let start = 0; start < part.rows.length; start += batchSize) {
    const [first, end] = [part.first + start, start + batchSize]
    if (part.list === 'streets') yield { list: part.list, first, rows: part.rows.slice(start, end) }
    else yield { list: part.list, first, rows: part.rows.slice(start, end) }
  }
}
