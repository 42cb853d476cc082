import { Hono } from 'hono'
import type { AdminHonoEnv } from '../session/access.ts'
import { adminLeadRoutes } from './admin-lead-routes.ts'
import type { AdminLeadDeps } from './lead-deps.ts'

/** Asks one of the routes of leads, without a relay that listens. */
export type AskLeadRoutes = (path: string, init?: RequestInit) => Promise<Response>

/** Creates the routes of leads for the commands of this machine. They are asked in the name `local`. */
export function createLocalLeadRoutes(deps: AdminLeadDeps): AskLeadRoutes {
  const routes = new Hono<AdminHonoEnv>()
  routes.use(async (context, next) => {
    context.set('user', { name: 'local', role: 'configure' })
    await next()
  })
  routes.route('/', adminLeadRoutes(deps))
  return async (path, init) => routes.request(path, init)
}
