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

/** A list as it is to be stored. */
export interface NewPlaceList<City> {
  /** Changes with the content. */
  readonly fingerprint: string
  readonly regions: readonly Region[]
  /** The most important first. */
  readonly cities: readonly City[]
}

/** A list that was stored, or that is the one in use already. */
export type StoreListResult = 'stored' | 'unchanged'

/** All lists of places: what is in use, and how new ones come into use. */
export interface PlaceStore {
  snapshot(): PlaceSnapshot
  /** Works with what is in use now; it stays until the work is done. */
  withSnapshot<Result>(work: (snapshot: PlaceSnapshot) => Promise<Result>): Promise<Result>
  /** Puts a directory into use, as a whole and at once; all lists are matched with it before. */
  import(
    list: NewPlaceList<StoredCity>,
    now: Date,
    onProgress?: (cities: number) => void,
  ): Promise<StoreListResult>
  /** Puts a provider's list into use, matched with the directory. */
  storeList(
    source: string,
    list: NewPlaceList<ProviderCity> & { readonly regions: readonly ProviderRegion[] },
    now: Date,
  ): Promise<StoreListResult>
  /** The cities of the lists that have no code, in order of their regions. */
  findUnmatched(): Promise<readonly UnmatchedCity[]>
  /** Gives up what is being loaded, and waits until that is cleared away. */
  close(): Promise<void>
}

/** A city of a provider's list that no code is known for. */
export interface UnmatchedCity {
  readonly id: string
  readonly name: string
  readonly region: string
}

/** What the book works with. */
export interface PlaceStoreDeps {
  readonly database: Database
  /** Lets everybody else have a turn. */
  readonly pause: () => Promise<void>
  /** The lists that are in use by some form; those of others are removed. All stay unless given. */
  readonly sources?: readonly string[] | undefined
}

/** Opens the book, and clears away what an import left that was interrupted. */
export async function openPlaceStore({ database, pause, sources }: PlaceStoreDeps): Promise<PlaceStore> {
  const known = sources ? [importedSource, ...sources] : undefined
  await database.query(
    `delete from anketa.place_generations
     where switched_at is null or ($1::text[] is not null and source <> all($1::text[]))`,
    [known ?? null],
  )
  let current = await loadPlaceSnapshot(database)
  const readers = new Set<Promise<unknown>>()
  await clear()

  let closed = false
  async function pauseUnlessClosed(): Promise<void> {
    await pause()
    if (closed) throw new Error('The places were closed')
  }

  /** One change at a time. */
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work, work)
    last = turn.catch(() => {})
    return turn
  }

  async function clear(): Promise<void> {
    await dropOtherPlaceTables(
      database,
      listGenerations(current).map(({ generation }) => generation),
    )
  }

  /** Loads a list beside what is in use. */
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
    if (!row) throw new Error('No generation was made')
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

  /** Puts staged generations into use in the place of what their sources had. */
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
    const [next, before] = [await loadPlaceSnapshot(database, current), [...readers]]
    current = next
    // Whoever began with the old lists may end with them.
    await Promise.allSettled(before)
    await clear()
  }

  async function changed(work: () => Promise<void>): Promise<StoreListResult> {
    try {
      await work()
      return 'stored'
    } catch (error) {
      await database.query('delete from anketa.place_generations where switched_at is null')
      await clear()
      throw error
    }
  }

  async function isUnchanged(
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
      inTurn(async () => {
        if (await isUnchanged(current.kladr, list.fingerprint, now)) return 'unchanged'
        return changed(async () => {
          const generation = await stage(importedSource, list, toBatches(list.cities), now, onProgress)
          const imported = { generation, regions: list.regions }
          const staged = [generation]
          for (const old of current.lists.values()) {
            const regions = matchRegions(old.regions, imported)
            const batches = matchBatches(database, loadBatches(database, old), regions, imported)
            staged.push(await stage(old.source, { ...old, regions }, batches, old.checkedAt))
          }
          await switchTo(staged, now)
        })
      }),

    storeList: (source, list, now) =>
      inTurn(async () => {
        if (await isUnchanged(current.lists.get(source), list.fingerprint, now)) return 'unchanged'
        return changed(async () => {
          const regions = matchRegions(list.regions, current.kladr)
          const batches = matchBatches(database, toBatches(list.cities), regions, current.kladr)
          await switchTo([await stage(source, { ...list, regions }, batches, now)], now)
        })
      }),

    async close() {
      closed = true
      await last
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

/** A list that is in use, as its provider gave it. */
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
