import type { ConsoleRole } from '../lead-answers.ts'

/**
 * Every route below `/admin` with the least role that it needs. One that is not here is refused for everybody. A path has
 * the form of Hono's routes.
 */
export const adminRouteRoles = {
  'GET /admin/filters': 'see',
  'GET /admin/leads': 'see',
  'POST /admin/leads/search': 'see',
  'GET /admin/leads/:id': 'see',
  'GET /admin/stats': 'see',
  'POST /admin/leads/retry': 'work',
  'POST /admin/leads/:id/reveal': 'work',
  'POST /admin/leads/:id/retry': 'work',
  'POST /admin/leads/:id/resolve': 'work',
  'DELETE /admin/leads/:id': 'work',
  'DELETE /admin/leads/:id/signed': 'work',
  'GET /admin/leads.csv': 'work',
  'GET /admin/leads.ndjson': 'work',
  'POST /admin/erase': 'work',
  'POST /admin/export': 'work',
  'GET /admin/consents/verify': 'work',
  'GET /admin/messages': 'see',
  'POST /admin/messages/retry': 'work',
  'GET /admin/audit': 'configure',
  'POST /admin/reload': 'configure',
  'GET /admin/forms': 'configure',
  'GET /admin/forms/:form': 'configure',
  'POST /admin/forms/:form': 'configure',
  'GET /admin/forms/:form/versions/:number': 'configure',
  'POST /admin/forms/:form/check': 'configure',
  'POST /admin/forms/:form/preview': 'configure',
  'POST /admin/forms/:form/restore': 'configure',
  'POST /admin/forms/:form/withdraw': 'configure',
  'GET /admin/places': 'configure',
  'POST /admin/places': 'configure',
  'GET /admin/places/unmatched': 'configure',
  'GET /admin/departments': 'configure',
  'POST /admin/departments': 'configure',
  'GET /admin/streets': 'configure',
  'POST /admin/streets': 'configure',
  'POST /admin/streets/:generation': 'configure',
  'GET /admin/backup': 'configure',
  'GET /admin/backup/keys': 'configure',
} as const satisfies Readonly<Record<string, ConsoleRole>>

/** The routes of the console that need no role: its page, and those that sign in and out. */
export const openConsoleRoutes = [
  'GET /console',
  'GET /console/',
  'GET /console/leads',
  'GET /console/leads/:id',
  'GET /console/forms',
  'GET /console/forms/:form',
  'GET /console/:file',
  'GET /console/session',
  'POST /console/session',
  'DELETE /console/session',
] as const

/**
 * Throws if an application has a route for operators that is neither in {@link adminRouteRoles} nor in
 * {@link openConsoleRoutes}: who adds one says who may use it.
 */
export function requireKnownRoutes(
  routes: readonly { readonly method: string; readonly path: string }[],
): void {
  const known: readonly string[] = [...Object.keys(adminRouteRoles), ...openConsoleRoutes]
  for (const { method, path } of routes) {
    // `ALL`: what is done before the routes of a path.
    if (method === 'ALL' || !/^\/(admin|console)(\/|$)/.test(path)) continue
    if (!known.includes(`${method} ${path}`))
      throw new Error(`The route "${method} ${path}" has no role: add it to route-roles.ts.`)
  }
}

/** Each role may do what those before it may. */
const ranking: readonly ConsoleRole[] = ['see', 'work', 'configure']

/** Whether a user with a role may use a route that needs another one. */
export function isRoleEnough(role: ConsoleRole, needed: ConsoleRole): boolean {
  return ranking.indexOf(role) >= ranking.indexOf(needed)
}

const patterns = Object.entries(adminRouteRoles).map(([route, role]) => {
  const [method = '', path = ''] = route.split(' ')
  const source = path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')
  // A fixed path goes before one with a parameter.
  return { method, pattern: new RegExp(`^${source}$`), role, isFixed: !path.includes(':') }
})

/** The methods of the routes of a path below `/admin`. */
export function findAllowedMethods(path: string): readonly string[] {
  return patterns.flatMap(({ method, pattern }) => (pattern.test(path) ? [method] : []))
}

/** The role that a request needs; `undefined` if there is no such route. */
export function findNeededRole(method: string, path: string): ConsoleRole | undefined {
  const sought = method === 'HEAD' ? 'GET' : method
  const found = patterns.filter((route) => route.method === sought && route.pattern.test(path))
  return (found.find(({ isFixed }) => isFixed) ?? found[0])?.role
}
