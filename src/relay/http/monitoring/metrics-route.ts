import { Hono } from 'hono'
import type { RelayConfig } from '../../config/config.ts'
import type { Health } from './health.ts'
import type { Metrics } from '../../runtime/metrics.ts'
import type { MessageCheck } from './message-check.ts'
import { checkBearer } from './bearer.ts'

/** Dependencies of {@link metricsRoute}. */
export interface MetricsRouteDeps {
  readonly metrics: Metrics
  readonly health: Health
  readonly messageCheck?: Pick<MessageCheck, 'gauges'> | undefined
}

/** The metrics in Prometheus' text format, with the admin token or the `metricsToken`. */
export function metricsRoute(
  { adminTokenHash, metricsTokenHash }: RelayConfig,
  { metrics, health, messageCheck }: MetricsRouteDeps,
): Hono {
  return new Hono().get('/metrics', async ({ req }) => {
    const denied = checkBearer(req.header('authorization'), [adminTokenHash, metricsTokenHash])
    if (denied) return denied
    const { queue, status } = await health.report()
    const { contentType, text } = await metrics.render(queue, status, await messageCheck?.gauges())
    return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
  })
}
