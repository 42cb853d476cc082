import type { Database } from '../../database/database.ts'
import { type HouseAnswer, type StoredHouses, findHouses } from './house-search.ts'
import { createStreetImports, type StreetImports } from './street-imports.ts'
import { type StreetAnswer, findStreets } from './street-search.ts'
import { dropUnusedStreetTables, lockStreetLists, type StreetList, streetTableName } from './street-tables.ts'

/**
 * Stores the directories of streets and of houses. All relays of a database use the same ones. A new directory replaces
 * the one in use in one step when it is complete.
 */
export interface StreetStore extends StreetImports {
  /** How many rows each directory in use has, as this process knows it; 0 without one. */
  counts(): StreetCounts
  /** The streets of a city (13 digits) that match a text; `undefined` without a directory. */
  findStreets(query: { readonly city: string; readonly text: string }): Promise<StreetAnswer | undefined>
  /** The houses of a street (17 digits) that match a text; `undefined` without a directory. */
  findHouses(query: { readonly street: string; readonly text: string }): Promise<HouseAnswer | undefined>
  /** Cancels running imports, and ends the look for what other relays import. */
  close(): Promise<void>
}

/** Rows of the directories. A row of houses names several. */
export type StreetCounts = Readonly<Record<StreetList, number>>

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

/** An interrupted import can be continued this long. */
const keptSeconds = 3600

/** No street has more rows in any classifier. */
const maxHouseRows = 5000

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
        await lockStreetLists(transaction)
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

  const imports = createStreetImports({
    database,
    async pause() {
      await pause()
      if (closed) throw new Error('The relay was stopped during the import')
    },
    async onSwitched() {
      // Polling finds what a lost notification would have told.
      if (!exclusive) await database.query('select pg_notify($1, $2)', [channel, '']).catch(() => {})
      const readersBefore = [...readers]
      await look()
      // Running searches still need the old table.
      await Promise.allSettled(readersBefore)
      // What cannot be removed now is removed later.
      await cleanUp().catch(() => {})
    },
  })

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
    ...imports,

    counts: () => ({ streets: current.get('streets')?.rows ?? 0, houses: current.get('houses')?.rows ?? 0 }),

    async append(generation, part) {
      const running = imports.append(generation, part)
      appending.add(running)
      try {
        return await running
      } finally {
        appending.delete(running)
      }
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
