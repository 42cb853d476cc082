import { Hono } from 'hono'
import type { Clock } from 'pg-boss'
import type { CampaignNews } from './campaign-news.ts'
import type { RelayConfig } from './config.ts'
import { faultText, type Log } from './log.ts'
import { type CountsByDestination, sumOf } from './queue-counts.ts'
import { version } from './version.ts'

/** What health looks at. */
export interface HealthPorts {
  readonly countDeliveries: (now: Date) => Promise<CountsByDestination>
  readonly campaigns: Pick<CampaignNews, 'problems'>
  readonly clock: Clock
  readonly log: Log
}

/**
 * Tells how the relay is. `ok`; `degraded` when it runs, but a form was refused, deliveries were given up, are uncertain
 * or meet refused credentials, or a campaign's settings are not known; `down` with status 503 when it cannot store leads.
 * Anybody may ask, so everything is told without any value of the configuration, and without a person's data.
 */
export function healthRoute({ forms }: RelayConfig, ports: HealthPorts): Hono {
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
      const queue = sumOf(destinations)
      const alarm = queue.failed + queue.uncertain + queue.refused > 0
      const status = refused || alarm || 'campaigns' in campaigns ? 'degraded' : 'ok'
      const body = { status, version, queue, destinations, forms: states, ...campaigns, ...problems }
      return Response.json(body, { headers })
    } catch (fault) {
      ports.log('error', 'The database does not answer', { fault: faultText(fault) })
      const body = { status: 'down', version, forms: states, ...campaigns, ...problems }
      return Response.json(body, { status: 503, headers })
    }
  })
}
