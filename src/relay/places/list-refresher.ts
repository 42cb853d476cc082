import { createHash } from 'node:crypto'
import type { Clock } from 'pg-boss'
import { type Fetch, sendHttp } from '../../delivery/send-http.ts'
import type { ListResult, ProviderCity, ProviderRegion } from '../../providers/core/provider.ts'
import { describeError, type Log } from '../log.ts'
import type { PlaceStore } from './place-store.ts'
import type { ListOperation, ListSource } from './list-source.ts'

/** A list is asked for anew when it is this old, milliseconds. */
const maxAgeMs = 24 * 3600 * 1000

/** Pauses after a failure: from a minute, doubled, up to an hour. */
const [firstPause, longestPause] = [60_000, 3_600_000]

/** Lists of a whole country are long. */
const maxListBytes = 64 * 1024 * 1024
const timeoutMs = 120_000

/** Refreshes providers' lists until it is stopped. */
export interface ListRefresher {
  /** `ok`; `stale` if a list could not be refreshed; `missing` if one was never loaded; `none` if there are no lists. */
  state(): 'ok' | 'stale' | 'missing' | 'none'
  stop(): void
}

/** Dependencies of {@link startListRefresher}. */
export interface ListRefresherDeps {
  /** The destinations that can read a list, by the list's source. */
  readonly sources: ReadonlyMap<string, readonly ListSource[]>
  readonly placeStore: PlaceStore
  readonly clock: Clock
  readonly fetch: Fetch
  readonly log: Log
}

/** Starts to refresh the lists in the background. A list is loaded if there is none, or if it is a day old. */
export function startListRefresher({
  sources,
  placeStore,
  clock,
  fetch,
  log,
}: ListRefresherDeps): ListRefresher {
  const timers = new Map<string, ReturnType<Clock['setTimeout']>>()
  const failing = new Set<string>()
  let stopped = false

  async function read<Item>(call: ListOperation<Item>): Promise<ListResult<Item>> {
    const context = { now: new Date(clock.now()) }
    const result = await sendHttp(call.request(context), { fetch, timeoutMs, maxBodyLength: maxListBytes })
    return call.outcome(result, context)
  }

  async function readFrom(
    lists: ListSource,
  ): Promise<
    { readonly regions: readonly ProviderRegion[]; readonly cities: readonly ProviderCity[] } | string
  > {
    const regions = await read(lists.regions)
    if ('problem' in regions) return regions.problem
    if (regions.items.length === 0) return 'no regions'
    const cities = await read(lists.cities)
    if ('problem' in cities) return cities.problem
    const known = new Set(regions.items.map(({ id }) => id))
    // Skips cities of other countries and of regions that are not listed.
    return { regions: regions.items, cities: cities.items.filter(({ regionId }) => known.has(regionId)) }
  }

  /** Loads the list with the first destination that can read it. Returns whether the list is up to date. */
  async function renew(source: string, destinations: readonly ListSource[]): Promise<boolean> {
    let problem = ''
    for (const lists of destinations) {
      const found = await readFrom(lists)
      if (stopped) return false
      const inUse = placeStore.snapshot().lists.get(source)
      if (typeof found === 'string') {
        problem = found
      } else if (found.cities.length === 0 && inUse && inUse.cities > 0) {
        problem = 'the list has become empty'
      } else {
        const list = { ...found, fingerprint: hashList(found) }
        const stored = await placeStore.storeList(source, list, new Date(clock.now()))
        const now = placeStore.snapshot().lists.get(source)
        const facts = {
          regions: list.regions.length,
          cities: now?.cities ?? 0,
          unmatched: now?.unmatched ?? 0,
        }
        log(
          'info',
          stored === 'stored' ? 'A list of places was renewed' : 'A list of places is unchanged',
          facts,
        )
        return true
      }
    }
    log('warning', 'A list of places could not be renewed', { problem })
    return false
  }

  function schedule(source: string, destinations: readonly ListSource[], failures: number): void {
    const inUse = placeStore.snapshot().lists.get(source)
    const age = inUse ? clock.now() - inUse.checkedAt.getTime() : maxAgeMs
    const pause = Math.min(firstPause * 2 ** (failures - 1), longestPause)
    const wait = failures > 0 ? pause : Math.max(0, maxAgeMs - age)
    if (wait > 0)
      timers.set(
        source,
        clock.setTimeout(() => void run(source, destinations, failures), wait),
      )
    else void run(source, destinations, failures)
  }

  async function run(source: string, destinations: readonly ListSource[], failures: number): Promise<void> {
    const renewed = await renew(source, destinations).catch((fault: unknown) => {
      if (!stopped) log('error', 'A list of places met a fault', { fault: describeError(fault) })
      return false
    })
    if (stopped) return
    if (renewed) failing.delete(source)
    else failing.add(source)
    schedule(source, destinations, renewed ? 0 : failures + 1)
  }

  for (const [source, destinations] of sources) schedule(source, destinations, 0)

  return {
    state() {
      if (sources.size === 0) return 'none'
      const { lists } = placeStore.snapshot()
      if ([...sources.keys()].some((source) => !lists.has(source))) return 'missing'
      return failing.size > 0 ? 'stale' : 'ok'
    },
    stop() {
      stopped = true
      for (const timer of timers.values()) clock.clearTimeout(timer)
    },
  }
}

function hashList(list: object): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('hex')
}
