import { Hono } from 'hono'
import type { Clock } from 'pg-boss'
import type { CampaignSettings } from '../campaigns/campaign-settings.ts'
import type { RelayConfig } from '../config/config.ts'
import { describeError, type Log } from '../log.ts'
import type { ListRefresher } from '../places/list-refresher.ts'
import type { PlaceStore } from '../places/place-store.ts'
import { type CountsByDestination, sumCounts } from '../leads/delivery-counts.ts'
import { version } from '../version.ts'

/** What health looks at. */
export interface HealthDeps {
  readonly countDeliveries: (now: Date) => Promise<CountsByDestination>
  readonly campaigns: Pick<CampaignSettings, 'problems'>
  readonly clock: Clock
  readonly placeStore: PlaceStore
  readonly listRefresher: ListRefresher
  readonly log: Log
}

/**
 * Tells how the relay is. `ok`; `degraded` when it runs, but a form was refused, deliveries were given up, are uncertain
 * or meet refused credentials, or a campaign's settings are not known; `down` with status 503 when it cannot store leads.
 * Anybody may ask, so everything is told without any value of the configuration, and without a person's data.
 */
export function healthRoute({ forms }: RelayConfig, ports: HealthDeps): Hono {
  const states = Object.fromEntries(
    [...forms].map(([id, result]) => [id, 'problems' in result ? 'refused' : 'ok']),
  )
  const found = [...forms].flatMap(([id, result]) => ('problems' in result ? [[id, result.problems]] : []))
  const refused = found.length > 0
  const problems = refused ? { problems: Object.fromEntries(found) } : {}
  const headers = { 'cache-control': 'no-store' }
  return new Hono().get('/healthz', async () => {
    const degraded = ports.campaigns.problems()
    const campaigns = Object.keys(degraded).length > 0 ? { campaigns: degraded } : {}
    try {
      const destinations = await ports.countDeliveries(new Date(ports.clock.now()))
      const queue = sumCounts(destinations)
      const alarm = queue.failed + queue.uncertain + queue.refused > 0
      const status = refused || alarm || 'campaigns' in campaigns ? 'degraded' : 'ok'
      const places = summarizePlaces(ports.placeStore, ports.listRefresher)
      const body = { status, version, queue, destinations, forms: states, places, ...campaigns, ...problems }
      return Response.json(body, { headers })
    } catch (fault) {
      ports.log('error', 'The database does not answer', { fault: describeError(fault) })
      const body = { status: 'down', version, forms: states, ...campaigns, ...problems }
      return Response.json(body, { status: 503, headers })
    }
  })
}

/** How many cities are imported and listed, how many of the listed have no code, and how the lists are. */
function summarizePlaces(book: PlaceStore, keeper: ListRefresher): object {
  const { kladr, lists } = book.snapshot()
  const sum = (count: 'cities' | 'unmatched') =>
    [...lists.values()].reduce((total, list) => total + list[count], 0)
  return {
    imported: kladr?.cities ?? 0,
    listed: sum('cities'),
    unmatched: sum('unmatched'),
    lists: keeper.state(),
  }
}
