import type { Database, Transaction } from '../../database/database.ts'
import { type HouseAnswer, type StoredHouses, findHouses } from './house-search.ts'
import { type NewStreetList, type StreetPart, insertStreetRows } from './street-rows.ts'
import { type StreetAnswer, findStreets } from './street-search.ts'
import {
  type StreetList,
  createStreetTable,
  dropUnusedStreetTables,
  streetLists,
  streetTableName,
} from './street-tables.ts'

/**
 * Stores the directories of streets and of houses. All relays of a database use the same ones. A new directory is loaded
 * in parts beside the one in use, which it replaces in one step when it is complete.
 */
export interface StreetStore {
  /** How many rows each directory in use has, as this process knows it; 0 without one. */
  counts(): StreetCounts
  /**
   * Begins an import, or continues one of the same content that was interrupted. `unchanged`: the directory in use has
   * this content. `busy`: another import of this directory is under way.
   */
  begin(list: NewStreetList, now: Date): Promise<StreetImport | 'unchanged' | 'busy'>
  /** The directory that an import replaces; `undefined` if there is no such import. */
  importOf(generation: number): Promise<StreetList | undefined>
  /** Adds the next rows, and puts a complete directory into use. `lost`: the import is not at this row any more. */
  append(
    generation: number,
    part: StreetPart,
  ): Promise<{ readonly loaded: number; readonly isInUse: boolean } | 'lost'>
  /** Gives an import up. */
  discard(generation: number): Promise<void>
  /** The streets of a city (13 digits) that match a text; `undefined` without a directory. */
  findStreets(query: { readonly city: string; readonly text: string }): Promise<StreetAnswer | undefined>
  /** The houses of a street (17 digits) that match a text; `undefined` without a directory. */
  findHouses(query: { readonly street: string; readonly text: string }): Promise<HouseAnswer | undefined>
  /** Cancels running imports, and ends the look for what other relays import. */
  close(): Promise<void>
}

/** Rows of the directories. A row of houses names several. */
export type StreetCounts = Readonly<Record<StreetList, number>>

/** An import that has begun. */
export interface StreetImport {
  readonly generation: number
  /** Rows that an interrupted import has stored already. */
  readonly loaded: number
}

/** Dependencies of {@link openStreetStore}. */
export interface StreetStoreDeps {
  readonly database: Database
  /** Yields to the event loop. */
  readonly pause: () => Promise<void>
}

interface InUse {
  readonly generation: number
  readonly rows: number
}

const channel = 'anketa_streets'

/** How often a relay looks for what another one has imported, however many notifications arrive. */
const pollIntervalMs = 5000

/** A replaced directory of a shared database is kept this long: other relays go on with it until they know the new one. */
const graceSeconds = 120

/** An import without a new row for this long gives way to one of another content. */
const idleSeconds = 30

/** An interrupted import can be continued this long. */
const keptSeconds = 3600

/** Rows in one transaction. It must not delay requests: the embedded database has one connection for everything. */
const batchSize = 1000

/** A street with more rows than this has none in any classifier. */
const maxHouseRows = 5000

/** Changes of the lists wait for each other. Reading goes on. */
const lockSql = 'lock table anketa.street_lists in share row exclusive mode'

/** Opens the directories. On a shared database it follows what other processes import. */
export async function openStreetStore({ database, pause }: StreetStoreDeps): Promise<StreetStore> {
  const { exclusive } = database
  let current: ReadonlyMap<StreetList, InUse> = new Map()
  let closed = false
  let background: Promise<unknown> = Promise.resolve()
  const readers = new Set<Promise<unknown>>()
  const appending = new Set<Promise<unknown>>()

  async function look(): Promise<void> {
    const rows = await database.query<InUse & { readonly list: StreetList }>(
      `select list, generation, rows from anketa.street_lists where switched_at is not null and retired_at is null`,
    )
    current = new Map(rows.map((row) => [row.list, row]))
  }

  /** What fails now is done by the next look. */
  const inBackground = (work: () => Promise<void>): void => {
    background = background.then(() => (closed ? undefined : work())).catch(() => {})
  }
  const lookLater = (): void => inBackground(look)

  /** Removes what no process uses: directories that were replaced a while ago, and imports that nobody continues. */
  async function cleanUp(): Promise<void> {
    await database.transaction(
      async (transaction) => {
        await transaction.query(lockSql)
        await transaction.query(
          `delete from anketa.street_lists where retired_at < clock_timestamp() - make_interval(secs => $1)
             or (switched_at is null and touched_at < clock_timestamp() - make_interval(secs => $2))`,
          [exclusive ? 0 : graceSeconds, keptSeconds],
        )
        await dropUnusedStreetTables(transaction)
      },
      { isMaintenance: true },
    )
  }

  async function beginOnce(
    transaction: Transaction,
    { list, fingerprint, rows }: NewStreetList,
    now: Date,
  ): Promise<StreetImport | 'unchanged' | 'busy'> {
    await transaction.query(lockSql)
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
  async function appendBatch(generation: number, first: number, batch: StreetPart): Promise<boolean> {
    return database.transaction(
      async (transaction) => {
        const updated = await transaction.query(
          `update anketa.street_lists set loaded = loaded + $3, touched_at = clock_timestamp()
           where generation = $1 and loaded = $2 and loaded + $3 <= rows and list = $4 and switched_at is null
           returning generation`,
          [generation, first, batch.rows.length, batch.list],
        )
        if (updated.length > 0) await insertStreetRows(transaction, generation, batch)
        return updated.length > 0
      },
      // The switch is synced, and everything before it with it.
      { isMaintenance: true, synced: false },
    )
  }

  async function appendAll(
    generation: number,
    part: StreetPart,
  ): Promise<{ readonly loaded: number; readonly isInUse: boolean } | 'lost'> {
    let loaded = part.first
    for (const batch of splitPart(part)) {
      if (!(await appendBatch(generation, loaded, batch))) return 'lost'
      loaded += batch.rows.length
      // An embedded database writes a log of the rows, which grows until a step of maintenance lets it be used again.
      if (exclusive) await database.maintain()
      await pause()
      if (closed) throw new Error('The relay was stopped during the import')
    }
    const [row] = await database.query<{ rows: number; loaded: number }>(
      'select rows, loaded from anketa.street_lists where generation = $1 and switched_at is null',
      [generation],
    )
    if (row?.loaded !== loaded) return 'lost'
    if (loaded < row.rows) return { loaded, isInUse: false }
    await database.maintenance.query(`analyze ${streetTableName(part.list, generation)}`)
    return (await switchTo(generation)) ? { loaded, isInUse: true } : 'lost'
  }

  /** Puts a complete directory into use instead of the former one. */
  async function switchTo(generation: number): Promise<boolean> {
    const isDone = await database.transaction(async (transaction) => {
      await transaction.query(lockSql)
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
    if (!isDone) return false
    // Polling finds what a lost notification would have told.
    if (!exclusive) await database.query('select pg_notify($1, $2)', [channel, '']).catch(() => {})
    const readersBefore = [...readers]
    await look()
    // Running searches still need the old table.
    await Promise.allSettled(readersBefore)
    // What cannot be removed now is removed later.
    await cleanUp().catch(() => {})
    return true
  }

  /** Passes the table in use to `work`. It is kept until that ends. */
  async function withTable<Result>(
    list: StreetList,
    work: (table: string) => Promise<Result>,
  ): Promise<Result | undefined> {
    const run = async (): Promise<Result | undefined> => {
      const inUse = current.get(list)
      return inUse && work(streetTableName(list, inUse.generation))
    }
    const reading = run()
    readers.add(reading)
    try {
      return await reading
    } catch (error) {
      if (Object(error).code !== '42P01') throw error
      // This process has missed for minutes that the directory was replaced, as after the loss of its connection.
      await look()
      return await run()
    } finally {
      readers.delete(reading)
    }
  }

  await cleanUp()
  await look()
  const listener = exclusive ? undefined : await database.listen?.(channel, lookLater, lookLater)
  const poll = exclusive ? undefined : setInterval(lookLater, pollIntervalMs)
  const cleaning = exclusive ? undefined : setInterval(() => inBackground(cleanUp), graceSeconds * 1000)
  poll?.unref()
  cleaning?.unref()

  return {
    counts: () => ({ streets: current.get('streets')?.rows ?? 0, houses: current.get('houses')?.rows ?? 0 }),

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
      const running = appendAll(generation, part)
      appending.add(running)
      try {
        return await running
      } finally {
        appending.delete(running)
      }
    },

    async discard(generation) {
      await database.transaction(
        async (transaction) => {
          await transaction.query(lockSql)
          await transaction.query(
            'delete from anketa.street_lists where generation = $1 and switched_at is null',
            [generation],
          )
          await dropUnusedStreetTables(transaction)
        },
        { isMaintenance: true },
      )
    },

    findStreets: (query) => withTable('streets', (table) => findStreets(database, table, query)),

    findHouses: ({ street, text }) =>
      withTable('houses', async (table) => {
        const rows = await database.query<StoredHouses>(
          `select lpad(street::text, 15, '0') || lpad(house::text, 4, '0') as kladr, names,
             lpad(index::text, 6, '0') as index
           from ${table} where street = $1::bigint order by house limit ${maxHouseRows}`,
          [street.slice(0, 15)],
        )
        return findHouses(rows, text)
      }),

    async close() {
      closed = true
      clearInterval(poll)
      clearInterval(cleaning)
      await listener?.close()
      await Promise.allSettled(appending)
      await background
    },
  }
}

function* splitPart(part: StreetPart): Generator<StreetPart> {
  for (let start = 0; start < part.rows.length; start += batchSize) {
    const [first, end] = [part.first + start, start + batchSize]
    if (part.list === 'streets') yield { list: part.list, first, rows: part.rows.slice(start, end) }
    else yield { list: part.list, first, rows: part.rows.slice(start, end) }
  }
}
