import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Clock } from 'pg-boss'
import type { CampaignNews } from './campaign-news.ts'
import type { RelayConfig } from './config.ts'
import type { Confirmation } from './confirmation.ts'
import type { DecisionBoard } from './decision-board.ts'
import { formRoutes, type RelayEnvironment } from './form-routes.ts'
import { type HealthPorts, healthRoute } from './health-route.ts'
import type { LeadStore } from './lead-store.ts'
import { faultText, type Log } from './log.ts'
import { errorReply } from './reply.ts'
import { scriptPath, scriptRoute } from './script-route.ts'
import type { WidgetFiles } from './widget-files.ts'

/** What the routes work with. */
export interface AppPorts extends HealthPorts {
  readonly campaigns: CampaignNews
  readonly leads: LeadStore
  readonly confirmation: Confirmation
  readonly board: DecisionBoard
  readonly clock: Clock
  readonly log: Log
  /** The widget's files; none where it was not built. */
  readonly files: WidgetFiles
}

/** All routes of the relay. */
export function createApp(config: RelayConfig, ports: AppPorts): Hono<RelayEnvironment> {
  const app = new Hono<RelayEnvironment>()
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
  app.use((context, next) => (scriptPath.test(context.req.path) ? shared : guarded)(context, next))
  app.route('/', scriptRoute(ports.files))
  app.route('/', healthRoute(config, ports))
  app.route('/', formRoutes(config, ports))
  app.notFound(() => errorReply('not-found', 'There is nothing at this address.'))
  app.onError((fault) => {
    ports.log('error', 'A request met a fault', { fault: faultText(fault) })
    return errorReply('fault', 'Something went wrong here; nothing was stored.')
  })
  return app
}
