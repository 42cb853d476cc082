import { createHash } from 'node:crypto'
import type { Clock } from 'pg-boss'
import { type Fetch, sendHttp } from '../../delivery/send-http.ts'
import type { BoundOperation } from '../../providers/core/bind-operation.ts'
import type { ListResult, ProviderCity, ProviderRegion } from '../../providers/core/provider.ts'
import type { CallContext } from '../../providers/core/context.ts'
import type { Leases } from '../database/leases.ts'
import { describeError, type Log } from '../log.ts'
import type { PlaceStore } from './place-store.ts'
import { type RefreshLoop, startRefreshLoop } from '../runtime/refresh-loop.ts'
import type { ListSource } from './list-source.ts'

/** A list is requested again when it is as old as this. */
const maxAgeMs = 24 * 3600 * 1000

/** Lists of a whole country are long. */
const maxListBytes = 64 * 1024 * 1024
const timeoutMs = 120_000

/** Refreshes providers' lists in the background, from `start` until `stop`. */
export interface ListRefresher {
  /** `ok`; `stale` if a list could not be refreshed; `missing` if one was never loaded; `none` if there are no lists. */
  state(): 'ok' | 'stale' | 'missing' | 'none'
  start(): void
  stop(): void
}

/** Dependencies of {@link createListRefresher}. */
export interface ListRefresherDeps {
  /** The destinations that can read a list, by the list's source. */
  readonly sources: ReadonlyMap<string, readonly ListSource[]>
  readonly placeStore: PlaceStore
  /** Whether the database has the space for a list. */
  readonly hasSpace: () => boolean
  /** One process at a time fetches a list. */
  readonly leases: Leases
  readonly clock: Clock
  readonly fetch: Fetch
  readonly log: Log
}

/** Creates the refresher. A list is loaded if it is missing or a day old. */
export function createListRefresher({
  sources,
  placeStore,
  hasSpace,
  leases,
  clock,
  fetch,
  log,
}: ListRefresherDeps): ListRefresher {
  const failing = new Set<string>()
  let stopped = false

  async function read<Item>(
    operation: BoundOperation<CallContext, ListResult<Item>>,
  ): Promise<ListResult<Item>> {
    const context = { now: new Date(clock.now()) }
    const result = await sendHttp(operation.request(context), {
      fetch,
      timeoutMs,
      maxBodyLength: maxListBytes,
    })
    return operation.outcome(result, context)
  }

  async function readFrom(
    list: Pick<ListSource, 'regions' | 'cities'>,
  ): Promise<
    { readonly regions: readonly ProviderRegion[]; readonly cities: readonly ProviderCity[] } | string
  > {
    const regions = await read(list.regions)
    if ('problem' in regions) return regions.problem
    if (regions.items.length === 0) return 'no regions'
    const cities = await read(list.cities)
    if ('problem' in cities) return cities.problem
    const known = new Set(regions.items.map(({ id }) => id))
    // Skips cities of other countries and of regions that are not listed.
    return { regions: regions.items, cities: cities.items.filter(({ regionId }) => known.has(regionId)) }
  }

  /** Loads the list with the first destination that can read it, at any address of the provider. Returns whether the list is up to date. */
  async function loadList(source: string, destinations: readonly ListSource[]): Promise<boolean> {
    let problem = ''
    const mirrored = destinations.flatMap((list) => [list, ...(list.mirrors ?? [])])
    for (const list of mirrored) {
      const found = await readFrom(list)
      if (stopped) return false
      const inUse = placeStore.snapshot().lists.get(source)
      if (typeof found === 'string') {
        problem = found
      } else if (found.cities.length === 0 && inUse && inUse.cities > 0) {
        problem = 'the list has become empty'
      } else {
        const content = { ...found, fingerprint: hashList(found) }
        const stored = await placeStore.storeList(source, content, new Date(clock.now()))
        const updated = placeStore.snapshot().lists.get(source)
        const facts = {
          regions: content.regions.length,
          cities: updated?.cities ?? 0,
          unmatched: updated?.unmatched ?? 0,
        }
        log(
          'info',
          stored === 'stored' ? 'A list of places was refreshed' : 'A list of places is unchanged',
          facts,
        )
        return true
      }
    }
    log('warning', 'A list of places could not be refreshed', { problem })
    return false
  }

  /** Milliseconds until the list has to be refreshed. */
  function dueInMs(source: string): number {
    const inUse = placeStore.snapshot().lists.get(source)
    return inUse ? Math.max(0, maxAgeMs - Math.max(0, clock.now() - inUse.checkedAt.getTime())) : 0
  }

  /** Refreshes the list if it is due. Returns `undefined` if another process is doing that. */
  async function refreshAlone(
    source: string,
    destinations: readonly ListSource[],
  ): Promise<boolean | undefined> {
    const done = await leases.run(`list of places ${hashList({ source })}`, async () => {
      // Another process may have refreshed it a moment ago.
      await placeStore.reload()
      return dueInMs(source) > 0 || loadList(source, destinations)
    })
    return done?.result
  }

  async function refresh(source: string, destinations: readonly ListSource[]): Promise<boolean> {
    if (!hasSpace()) return false
    const refreshed = await refreshAlone(source, destinations).catch((error: unknown) => {
      if (!stopped) log('error', 'Refreshing a list of places failed', { fault: describeError(error) })
      return false
    })
    if (refreshed) failing.delete(source)
    else if (!stopped && refreshed === false) failing.add(source)
    return refreshed ?? false
  }

  let loops: readonly RefreshLoop[] = []

  return {
    state() {
      if (sources.size === 0) return 'none'
      const { lists } = placeStore.snapshot()
      if ([...sources.keys()].some((source) => !lists.has(source))) return 'missing'
      return failing.size > 0 ? 'stale' : 'ok'
    },
    start() {
      if (stopped) return
      loops = [...sources].map(([source, destinations]) =>
        startRefreshLoop({
          clock,
          refresh: () => refresh(source, destinations),
          initialDelayMs: dueInMs(source),
          nextDelayMs: () => dueInMs(source),
        }),
      )
    },
    stop() {
      stopped = true
      for (const loop of loops) loop.stop()
    },
  }
}

function hashList(list: object): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('hex')
}
