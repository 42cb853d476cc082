import { Hono } from 'hono'
import type { Clock } from 'pg-boss'
import type { CampaignSettings } from '../campaigns/campaign-settings.ts'
import type { RelayConfig } from '../config/config.ts'
import { type CountsByDestination, sumCounts } from '../leads/delivery-counts.ts'
import { describeError, type Log } from '../log.ts'
import type { ListRefresher } from '../places/list-refresher.ts'
import type { PlaceStore } from '../places/place-store.ts'
import { version } from '../version.ts'
import { uncachedJson } from './responses.ts'

/** Dependencies of {@link healthRoute}. */
export interface HealthDeps {
  readonly countDeliveries: (now: Date) => Promise<CountsByDestination>
  readonly campaigns: Pick<CampaignSettings, 'problems'>
  readonly clock: Clock
  readonly placeStore: PlaceStore
  readonly listRefresher: ListRefresher
  readonly log: Log
  /** Whether the database has the space for another lead. */
  readonly hasSpace: () => boolean
}

/**
 * Reports the state of the relay. `ok`: everything works. `degraded`: it runs, but a form was refused, deliveries failed,
 * are uncertain or were refused for their credentials, or the settings of a campaign are unknown. `down` with status 503:
 * it cannot store leads. The route is public: a response holds no values of the configuration and no personal data.
 */
export function healthRoute({ forms: configured }: RelayConfig, deps: HealthDeps): Hono {
  const forms = Object.fromEntries(
    [...configured].map(([id, result]) => [id, 'problems' in result ? 'refused' : 'ok']),
  )
  const refused = [...configured].flatMap(([id, result]) =>
    'problems' in result ? [[id, result.problems]] : [],
  )
  const problems = refused.length > 0 ? { problems: Object.fromEntries(refused) } : {}
  return new Hono().get('/healthz', async () => {
    const campaignProblems = deps.campaigns.problems()
    const campaigns = Object.keys(campaignProblems).length > 0 ? { campaigns: campaignProblems } : {}
    const down = () => uncachedJson({ status: 'down', version, forms, ...campaigns, ...problems }, 503)
    if (!deps.hasSpace()) return down()
    try {
      const destinations = await deps.countDeliveries(new Date(deps.clock.now()))
      const queue = sumCounts(destinations)
      const isDegraded =
        refused.length > 0 || queue.failed + queue.uncertain + queue.refused > 0 || 'campaigns' in campaigns
      const status = isDegraded ? 'degraded' : 'ok'
      const places = summarizePlaces(deps.placeStore, deps.listRefresher)
      return uncachedJson({ status, version, queue, destinations, forms, places, ...campaigns, ...problems })
    } catch (error) {
      deps.log('error', 'The database does not answer', { fault: describeError(error) })
      return down()
    }
  })
}

/** Counts of imported and listed cities, of listed cities without a KLADR code, and the state of the lists. */
function summarizePlaces(placeStore: PlaceStore, listRefresher: ListRefresher): object {
  const { kladr, lists } = placeStore.snapshot()
  const sum = (count: 'cities' | 'unmatched') =>
    [...lists.values()].reduce((total, list) => total + list[count], 0)
  return {
    imported: kladr?.cities ?? 0,
    listed: sum('cities'),
    unmatched: sum('unmatched'),
    lists: listRefresher.state(),
  }
}
