import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Clock } from 'pg-boss'
import type { CampaignSettings } from '../campaigns/campaign-settings.ts'
import { adminRoutes } from './admin-routes.ts'
import type { RelayConfig } from '../config/config.ts'
import type { CodeVerifier } from '../delivery/verify-code.ts'
import type { LeadEvents } from '../delivery/lead-events.ts'
import { formRoutes, type RelayHonoEnv } from './form-routes.ts'
import { type HealthDeps, healthRoute } from './health-route.ts'
import type { LeadStore } from '../leads/lead-store.ts'
import { describeError, type Log } from '../log.ts'
import type { PlaceService } from '../places/place-service.ts'
import { errorResponse } from './responses.ts'
import { widgetPath, widgetRoutes } from './widget-routes.ts'
import type { WidgetAssets } from './widget-assets.ts'

/** What the routes work with. */
export interface AppDeps extends HealthDeps {
  readonly campaigns: CampaignSettings
  readonly leads: LeadStore
  readonly codeVerifier: CodeVerifier
  readonly leadEvents: LeadEvents
  readonly clock: Clock
  readonly log: Log
  /** The widget's files; none where it was not built. */
  readonly widgetAssets: WidgetAssets
  readonly placeService: PlaceService
}

/** All routes of the relay. */
export function createApp(config: RelayConfig, ports: AppDeps): Hono<RelayHonoEnv> {
  const app = new Hono<RelayHonoEnv>()
  app.use(async (context, next) => {
    const started = ports.clock.now()
    await next()
    const { method, path } = context.req
    // The path alone: a query may carry anything.
    ports.log('info', 'Request', {
      method,
      path,
      status: context.res.status,
      ms: ports.clock.now() - started,
    })
  })
  // For this host only: what stands below it is not the relay's to decide about.
  const transport = 'max-age=15552000'
  const guarded = secureHeaders({ strictTransportSecurity: transport })
  // Any page may load the script.
  const shared = secureHeaders({
    strictTransportSecurity: transport,
    crossOriginResourcePolicy: 'cross-origin',
  })
  app.use((context, next) => (widgetPath.test(context.req.path) ? shared : guarded)(context, next))
  app.route('/', widgetRoutes(config, ports))
  app.route('/', healthRoute(config, ports))
  app.route('/', formRoutes(config, ports))
  app.route('/', adminRoutes({ ...ports, adminTokenHash: config.adminTokenHash }))
  app.notFound(() => errorResponse('not-found', 'There is nothing at this address.'))
  app.onError((fault) => {
    ports.log('error', 'A request met a fault', { fault: describeError(fault) })
    return errorResponse('fault', 'Something went wrong here; nothing was stored.')
  })
  return app
}
