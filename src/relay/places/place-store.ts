import type { Region } from '../../places/place.ts'
import type { ProviderCity, ProviderRegion } from '../../providers/core/provider.ts'
import type { Database } from '../database/database.ts'
import type { Lease, Leases } from '../database/leases.ts'
import { describeError, type Log } from '../log.ts'
import { type PlaceChanges, watchPlaces } from './generations/watch-places.ts'
import {
  type Generation,
  importedSource,
  isInUseSql,
  loadPlaceSnapshot,
  type PlaceSnapshot,
} from './generations/generation.ts'
import { splitIntoBatches, loadGeneration, type StoredCity } from './generations/load-generation.ts'
import { type ImportedDirectory, matchCities, matchRegions } from './match-cities.ts'
import { createPlaceTables, dropUnusedPlaceTables, placeTableNames } from './generations/tables.ts'

/** A list to store. */
export interface NewPlaceList<City> {
  /** Changes with the content. */
  readonly fingerprint: string
  readonly regions: readonly Region[]
  /** The most important first. */
  readonly cities: readonly City[]
}

/** `unchanged`: the list in use has the same content. */
export type StoreListResult = 'stored' | 'unchanged'

/** Stores the imported directory and providers' lists. One snapshot of them is in use at a time. */
export interface PlaceStore {
  snapshot(): PlaceSnapshot
  /** Passes the lists in use to `work`. Their tables are kept until it ends. */
  withSnapshot<Result>(work: (snapshot: PlaceSnapshot) => Promise<Result>): Promise<Result>
  /** Learns at once what other processes have changed, rather than within seconds. */
  reload(): Promise<void>
  /** Replaces the imported directory in one step, after matching all providers' lists with the new one. */
  import(
    list: NewPlaceList<StoredCity>,
    now: Date,
    onProgress?: (cities: number) => void,
  ): Promise<StoreListResult>
  /** Replaces a provider's list, matched with the imported directory. */
  storeList(
    source: string,
    list: NewPlaceList<ProviderCity> & { readonly regions: readonly ProviderRegion[] },
    now: Date,
  ): Promise<StoreListResult>
  /** The cities of providers' lists without a KLADR code, ordered by region. */
  findUnmatched(): Promise<readonly UnmatchedCity[]>
  /** Cancels running changes and waits until their tables are dropped. */
  close(): Promise<void>
}

/** A city of a provider's list without a KLADR code. */
export interface UnmatchedCity {
  readonly id: string
  readonly name: string
  readonly region: string
}

/** Dependencies of {@link openPlaceStore}. */
export interface PlaceStoreDeps {
  readonly database: Database
  /** One process at a time changes the lists. */
  readonly leases: Leases
  readonly log: Log
  /** Yields to the event loop. */
  readonly pause: () => Promise<void>
  /**
   * The sources of lists that forms use. Others are deleted, unless other relays may use them. By default all are kept.
   */
  readonly sources?: readonly string[] | undefined
}

/** How long a process waits for another one that changes the lists. */
const maxWaitMs = 10 * 60_000

/** A replaced list of a shared database is kept this long: other relays go on with it until they know the new one. */
const graceSeconds = 120

/** A list of a shared database that no relay has asked its provider for this long is used by none. */
const unusedDays = 30

/** Opens the store and removes leftovers of interrupted imports. */
export async function openPlaceStore({
  database,
  leases,
  log,
  pause,
  sources,
}: PlaceStoreDeps): Promise<PlaceStore> {
  const { exclusive, maintenance } = database
  const readers = new Set<Promise<unknown>>()
  let closed = false
  async function pauseUnlessClosed(): Promise<void> {
    await pause()
    if (closed) throw new Error('The relay was stopped during the change')
  }

  let lastChange: Promise<unknown> = Promise.resolve()
  /** Runs one change at a time, over all processes. */
  function runExclusively<Result>(work: (lease: Lease) => Promise<Result>): Promise<Result> {
    const run = async (): Promise<Result> => {
      const done = await leases.run('places', work, { waitMs: maxWaitMs })
      if (!done) throw new Error('Another process has been changing the lists of places for ten minutes')
      return done.result
    }
    const change = lastChange.then(run, run)
    lastChange = change.catch(() => {})
    return change
  }

  /** Removes what no process uses: leftovers of interrupted changes, and lists that were replaced a while ago. */
  async function cleanUp(): Promise<void> {
    await database.query(
      `delete from anketa.place_generations where switched_at is null
         or retired_at < clock_timestamp() - make_interval(secs => $1)`,
      [exclusive ? 0 : graceSeconds],
    )
    await dropUnusedPlaceTables(maintenance)
  }

  /** Cleans up, unless another process changes the lists: it cleans up itself. */
  async function tryCleanUp(): Promise<void> {
    await leases.run('places', cleanUp)
  }

  await database.query(
    exclusive
      ? `delete from anketa.place_generations where source <> all($1::text[])`
      : `update anketa.place_generations set retired_at = clock_timestamp() where source <> all($1::text[])
           and ${isInUseSql} and checked_at < clock_timestamp() - interval '${unusedDays} days'`,
    [sources ? [importedSource, ...sources] : null],
  )
  await tryCleanUp()
  let current = await loadPlaceSnapshot(database)

  let lastReload: Promise<unknown> = Promise.resolve()
  /** Reads the lists in use again. A later call never ends before an earlier one. */
  function reload(): Promise<void> {
    const load = async (): Promise<void> => {
      current = await loadPlaceSnapshot(database, current)
    }
    const loading = lastReload.then(load, load)
    lastReload = loading.catch(() => {})
    return loading
  }
  const changes: PlaceChanges | undefined = exclusive
    ? undefined
    : await watchPlaces(database, { current: () => current, reload, cleanUp: tryCleanUp, log })

  /** Loads a list into a new generation, which is not in use yet. */
  async function stage(
    source: string,
    { fingerprint, regions }: Omit<NewPlaceList<unknown>, 'cities'>,
    batches: AsyncIterable<readonly StoredCity[]>,
    now: Date,
    onProgress?: (cities: number) => void,
  ): Promise<number> {
    const [row] = await database.query<{ generation: number }>(
      `insert into anketa.place_generations (source, fingerprint, regions, cities, unmatched, checked_at)
       values ($1, $2, $3::jsonb, 0, 0, $4) returning generation`,
      [source, fingerprint, JSON.stringify(regions), now],
    )
    if (!row) throw new Error('The insert returned no generation')
    await createPlaceTables(maintenance, row.generation)
    await loadGeneration(maintenance, row.generation, batches, { pause: pauseUnlessClosed, onProgress })
    await database.query(
      `update anketa.place_generations g set cities = found.cities, unmatched = found.unmatched
       from (select count(*)::int as cities, (count(*) filter (where kladr is null))::int as unmatched
         from ${placeTableNames(row.generation).places}) as found
       where g.generation = $1`,
      [row.generation],
    )
    return row.generation
  }

  /** Puts staged generations into use instead of the former ones of their sources. */
  async function switchTo(lease: Lease, generations: readonly number[], now: Date): Promise<void> {
    await database.transaction(async (transaction) => {
      await lease.confirm(transaction)
      await transaction.query(
        `update anketa.place_generations set retired_at = clock_timestamp() where ${isInUseSql}
           and source in (select source from anketa.place_generations where generation = any($1))`,
        [generations],
      )
      await transaction.query(
        'update anketa.place_generations set switched_at = $2 where generation = any($1)',
        [generations, now],
      )
    })
    await changes?.announce()
    const readersBefore = [...readers]
    await reload()
    // Running searches still need the old tables.
    await Promise.allSettled(readersBefore)
    await cleanUp()
  }

  /** Stores a list with `work`. Removes staged generations if that fails. */
  async function storeOrRevert(work: () => Promise<void>): Promise<StoreListResult> {
    try {
      await work()
      return 'stored'
    } catch (error) {
      // What cannot be removed now is removed later.
      await cleanUp().catch((fault: unknown) =>
        log('warning', 'An interrupted list of places is removed later', { fault: describeError(fault) }),
      )
      throw error
    }
  }

  /** Whether the content is the one in use. If so, notes that it was checked. */
  async function markUnchanged(
    inUse: Generation | undefined,
    fingerprint: string,
    now: Date,
  ): Promise<boolean> {
    if (inUse?.fingerprint !== fingerprint) return false
    await database.query('update anketa.place_generations set checked_at = $2 where generation = $1', [
      inUse.generation,
      now,
    ])
    await reload()
    return true
  }

  async function withSnapshot<Result>(work: (snapshot: PlaceSnapshot) => Promise<Result>): Promise<Result> {
    const reading = work(current)
    readers.add(reading)
    try {
      return await reading
    } catch (error) {
      if (exclusive || !isMissingTable(error)) throw error
      // This process has missed for minutes that the list was replaced, as after the loss of its connection.
      await reload()
      return await work(current)
    } finally {
      readers.delete(reading)
    }
  }

  return {
    snapshot: () => current,
    withSnapshot,
    reload,

    import: (list, now, onProgress) =>
      runExclusively(async (lease) => {
        await reload()
        if (await markUnchanged(current.kladr, list.fingerprint, now)) return 'unchanged'
        return storeOrRevert(async () => {
          const generation = await stage(importedSource, list, toBatches(list.cities), now, onProgress)
          const imported = { generation, regions: list.regions }
          const staged = [generation]
          for (const inUse of current.lists.values()) {
            const regions = matchRegions(inUse.regions, imported)
            const batches = matchBatches(database, loadBatches(database, inUse), regions, imported)
            staged.push(await stage(inUse.source, { ...inUse, regions }, batches, inUse.checkedAt))
          }
          await switchTo(lease, staged, now)
        })
      }),

    storeList: (source, list, now) =>
      runExclusively(async (lease) => {
        await reload()
        if (await markUnchanged(current.lists.get(source), list.fingerprint, now)) return 'unchanged'
        return storeOrRevert(async () => {
          const regions = matchRegions(list.regions, current.kladr)
          const batches = matchBatches(database, toBatches(list.cities), regions, current.kladr)
          await switchTo(lease, [await stage(source, { ...list, regions }, batches, now)], now)
        })
      }),

    async close() {
      closed = true
      await changes?.close()
      await lastChange
      await lastReload
    },

    findUnmatched: () => withSnapshot(({ lists }) => loadUnmatchedCities(database, [...lists.values()])),
  }
}

/** Whether a statement failed because a table is gone. */
function isMissingTable(error: unknown): boolean {
  return Object(error).code === '42P01'
}

async function loadUnmatchedCities(
  database: Database,
  lists: readonly Generation[],
): Promise<readonly UnmatchedCity[]> {
  const found: UnmatchedCity[] = []
  for (const { generation, regions } of lists) {
    const names = new Map(regions.map(({ id, name }) => [id, name]))
    const rows = await database.query<UnmatchedCity>(
      `select id, name, region from ${placeTableNames(generation).places} where kladr is null order by region, name, id`,
    )
    found.push(...rows.map((row) => ({ ...row, region: names.get(row.region) ?? row.region })))
  }
  return found
}

async function* toBatches<City>(cities: readonly City[]): AsyncGenerator<readonly City[]> {
  yield* splitIntoBatches(cities)
}

async function* matchBatches(
  database: Database,
  batches: AsyncIterable<readonly ProviderCity[]>,
  regions: readonly Region[],
  imported: ImportedDirectory | undefined,
): AsyncGenerator<readonly StoredCity[]> {
  for await (const batch of batches) yield matchCities(database, batch, regions, imported)
}

/** The cities of a list in use as the provider sent them, without matched codes. */
async function* loadBatches(
  database: Database,
  { generation }: Generation,
): AsyncGenerator<readonly ProviderCity[]> {
  for (let after = 0; ;) {
    const rows = await database.query<{
      place: number
      id: string
      name: string
      region: string
      listed: string | null
    }>(
      `select place, id, name, region, listed from ${placeTableNames(generation).places}
       where place > $1 order by place limit 250`,
      [after],
    )
    if (rows.length === 0) return
    yield rows.map(({ id, name, region, listed }) => ({
      id,
      name,
      regionId: region,
      kladr: listed ?? undefined,
    }))
    after = rows.at(-1)?.place ?? after
  }
}
