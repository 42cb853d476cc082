import { Hono } from 'hono'
import type { RelayConfig } from './config.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { faultText, type Log } from './log.ts'
import { version } from './version.ts'

/**
 * Tells how the relay is. `ok`; `degraded` when it runs, but a form was refused or deliveries were given up;
 * `down` with status 503 when it cannot store leads. Anybody may ask, so what is wrong with a form is told without any
 * value of its configuration.
 */
export function healthRoute(
  { forms }: RelayConfig,
  { deliveries, log }: { readonly deliveries: DeliveryStore; readonly log: Log },
): Hono {
  const states = Object.fromEntries(
    [...forms].map(([id, result]) => [id, 'problems' in result ? 'refused' : 'ok']),
  )
  const found = [...forms].flatMap(([id, result]) => ('problems' in result ? [[id, result.problems]] : []))
  const refused = found.length > 0
  const problems = refused ? { problems: Object.fromEntries(found) } : {}
  const headers = { 'cache-control': 'no-store' }
  return new Hono().get('/healthz', async () => {
    try {
      const queue = await deliveries.counts()
      const status = refused || queue.failed > 0 ? 'degraded' : 'ok'
      return Response.json({ status, version, queue, forms: states, ...problems }, { headers })
    } catch (fault) {
      log('error', 'The database does not answer', { fault: faultText(fault) })
      return Response.json({ status: 'down', version, forms: states, ...problems }, { status: 503, headers })
    }
  })
}
