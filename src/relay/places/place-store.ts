import type { Region } from '../../places/place.ts'
import type { ProviderCity, ProviderRegion } from '../../providers/core/provider.ts'
import type { Database } from '../database/database.ts'
import {
  type Generation,
  listGenerations,
  importedSource,
  loadPlaceSnapshot,
  type PlaceSnapshot,
} from './generation.ts'
import { splitIntoBatches, loadGeneration, type StoredCity } from './load-generation.ts'
import { type ImportedDirectory, matchCities, matchRegions } from './match-cities.ts'
import { createPlaceTables, dropOtherPlaceTables, placeTableNames } from './tables.ts'

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
  /** Yields to the event loop. */
  readonly pause: () => Promise<void>
  /** The sources of lists that forms use. Other lists are deleted. By default all are kept. */
  readonly sources?: readonly string[] | undefined
}

/** Opens the store and removes leftovers of interrupted imports. */
export async function openPlaceStore({ database, pause, sources }: PlaceStoreDeps): Promise<PlaceStore> {
  const usedSources = sources ? [importedSource, ...sources] : undefined
  await database.query(
    `delete from anketa.place_generations
     where switched_at is null or ($1::text[] is not null and source <> all($1::text[]))`,
    [usedSources ?? null],
  )
  let current = await loadPlaceSnapshot(database)
  const readers = new Set<Promise<unknown>>()
  await dropUnusedTables()

  let closed = false
  async function pauseUnlessClosed(): Promise<void> {
    await pause()
    if (closed) throw new Error('The relay was stopped during the change')
  }

  let lastChange: Promise<unknown> = Promise.resolve()
  /** Runs one change at a time. */
  function runExclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const change = lastChange.then(work, work)
    lastChange = change.catch(() => {})
    return change
  }

  async function dropUnusedTables(): Promise<void> {
    await dropOtherPlaceTables(
      database,
      listGenerations(current).map(({ generation }) => generation),
    )
  }

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
    await createPlaceTables(database, row.generation)
    await loadGeneration(database, row.generation, batches, { pause: pauseUnlessClosed, onProgress })
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
  async function switchTo(generations: readonly number[], now: Date): Promise<void> {
    await database.transaction(async (transaction) => {
      await transaction.query(
        `delete from anketa.place_generations where switched_at is not null
           and source in (select source from anketa.place_generations where generation = any($1))`,
        [generations],
      )
      await transaction.query(
        'update anketa.place_generations set switched_at = $2 where generation = any($1)',
        [generations, now],
      )
    })
    const next = await loadPlaceSnapshot(database, current)
    const readersBefore = [...readers]
    current = next
    // Running searches still need the old tables.
    await Promise.allSettled(readersBefore)
    await dropUnusedTables()
  }

  /** Stores a list with `work`. Removes staged generations if that fails. */
  async function storeOrRevert(work: () => Promise<void>): Promise<StoreListResult> {
    try {
      await work()
      return 'stored'
    } catch (error) {
      await database.query('delete from anketa.place_generations where switched_at is null')
      await dropUnusedTables()
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
    current = await loadPlaceSnapshot(database, current)
    return true
  }

  async function withSnapshot<Result>(work: (snapshot: PlaceSnapshot) => Promise<Result>): Promise<Result> {
    const reading = work(current)
    readers.add(reading)
    try {
      return await reading
    } finally {
      readers.delete(reading)
    }
  }

  return {
    snapshot: () => current,
    withSnapshot,

    import: (list, now, onProgress) =>
      runExclusively(async () => {
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
          await switchTo(staged, now)
        })
      }),

    storeList: (source, list, now) =>
      runExclusively(async () => {
        if (await markUnchanged(current.lists.get(source), list.fingerprint, now)) return 'unchanged'
        return storeOrRevert(async () => {
          const regions = matchRegions(list.regions, current.kladr)
          const batches = matchBatches(database, toBatches(list.cities), regions, current.kladr)
          await switchTo([await stage(source, { ...list, regions }, batches, now)], now)
        })
      }),

    async close() {
      closed = true
      await lastChange
    },

    findUnmatched: () => withSnapshot(({ lists }) => loadUnmatchedCities(database, [...lists.values()])),
  }
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
