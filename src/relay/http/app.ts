import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { CampaignSettings } from '../campaigns/campaign-settings.ts'
import type { RelayConfig } from '../config/config.ts'
import { type AdminDeps, adminRoutes } from './admin/admin-routes.ts'
import { type ConsoleFiles, consolePageRoutes } from './admin/console-page.ts'
import { requireKnownRoutes } from './admin/session/route-roles.ts'
import { createConsoleSessions } from './admin/session/sessions.ts'
import type { PrivacyActions } from '../leads/privacy/privacy.ts'
import { createErrorHandler, loggedPath } from './failures.ts'
import { type FormRoutesDeps, formRoutes } from './form-routes.ts'
import { type HealthRouteDeps, healthRoute } from './monitoring/health-route.ts'
import { type MetricsRouteDeps, metricsRoute } from './monitoring/metrics-route.ts'
import type { RelayHonoEnv } from './lead-routes.ts'
import { publicCorsHeaders } from './cors.ts'
import type { ProxyCheck } from './monitoring/proxy-check.ts'
import { errorResponse, methodResponse } from './responses.ts'
import { signedRoutes } from './html/signed-routes.ts'
import type { LogoFiles } from './html/logo-files.ts'
import type { WidgetAssets } from './widget/widget-assets.ts'
import { widgetPath, widgetRoutes } from './widget/widget-routes.ts'

/** Dependencies of all routes. */
export interface AppDeps
  extends
    FormRoutesDeps,
    Omit<HealthRouteDeps, 'sessions'>,
    MetricsRouteDeps,
    Omit<AdminDeps, 'config' | 'sessions'> {
  readonly campaigns: CampaignSettings
  readonly privacy: PrivacyActions
  readonly proxyCheck: ProxyCheck
  /** The widget's files. */
  readonly widgetAssets: WidgetAssets
  /** The operator's console. */
  readonly consoleFiles: ConsoleFiles
  /** The logos of offers. */
  readonly logoFiles: LogoFiles
}

/** Creates the relay's HTTP application with all its routes. */
export function createApp(config: RelayConfig, deps: AppDeps): Hono<RelayHonoEnv> {
  const app = new Hono<RelayHonoEnv>()
  const sessions = createConsoleSessions(deps.database, config)
  app.use(async (context, next) => {
    const started = deps.clock.now()
    deps.proxyCheck.observe(context.env?.address, context.req.raw.headers)
    await next()
    const { method, path } = context.req
    deps.log('info', 'Request', {
      method,
      path: loggedPath(path),
      status: context.res.status,
      ms: deps.clock.now() - started,
    })
  })
  // Without includeSubDomains: the relay does not decide for other hosts of the domain.
  const strictTransportSecurity = 'max-age=15552000'
  const pageHeaders = secureHeaders({ strictTransportSecurity })
  // Pages of any origin load the widget.
  const widgetHeaders = secureHeaders({
    strictTransportSecurity,
    crossOriginResourcePolicy: 'cross-origin',
  })
  app.use((context, next) => (widgetPath.test(context.req.path) ? widgetHeaders : pageHeaders)(context, next))
  app.route('/', widgetRoutes(config, deps))
  app.route('/', healthRoute(config, { ...deps, sessions }))
  app.route('/', metricsRoute(config, deps))
  app.route('/', formRoutes(config, deps))
  app.route('/', signedRoutes(deps))
  app.route('/', adminRoutes({ ...deps, config, sessions }))
  app.route('/', consolePageRoutes(deps.consoleFiles, config.adminTokenHash !== undefined))
  requireKnownRoutes(app.routes)
  const methods = new Set(app.routes.map(({ method }) => method).filter((method) => method !== 'ALL'))
  app.notFound(({ req }) => {
    const own = req.method === 'HEAD' ? 'GET' : req.method
    const allowed = [...methods].filter((method) =>
      app.router.match(method, req.path)[0].some(([[, route]]) => route.method === method),
    )
    const response =
      // A route that has the method says itself that there is nothing. Only operators learn what they may do.
      allowed.length > 0 && !allowed.includes(own) && !req.path.startsWith('/admin/')
        ? methodResponse(allowed)
        : errorResponse('not-found', 'There is nothing at this address.')
    // A page that names a wrong address of this relay gets to know it.
    for (const [name, value] of Object.entries(publicCorsHeaders)) response.headers.set(name, value)
    return response
  })
  app.onError(createErrorHandler(deps.log))
  return app
}
