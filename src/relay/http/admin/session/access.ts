import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Clock } from 'pg-boss'
import type { RelayConfig } from '../../../config/config.ts'
import { hashKey, isSameHash } from '../../../runtime/hash.ts'
import { checkBearer } from '../../monitoring/bearer.ts'
import type { RelayHonoEnv } from '../../lead-routes.ts'
import { errorResponse, methodResponse } from '../../responses.ts'
import { isOwnRequest, sessionHeader } from './own-requests.ts'
import { findAllowedMethods, findNeededRole, isRoleEnough } from './route-roles.ts'
import { type AdminUser, adminUserName, type ConsoleSessions, sessionCookie } from './sessions.ts'

/** The environment of the operator's routes: who asks. */
export interface AdminHonoEnv extends RelayHonoEnv {
  Variables: { readonly user: AdminUser }
}

/** What the check of the operator's routes depends on. */
export interface AdminAccessDeps {
  readonly config: Pick<RelayConfig, 'adminTokenHash' | 'publicUrl'>
  /** Hash of the key that commands on this machine use. */
  readonly localKeyHash: string | undefined
  readonly sessions: ConsoleSessions
  readonly clock: Clock
}

/**
 * Creates the check that every request for `/admin` passes: the admin token, the local key, or a session of the console
 * whose user has the role that the route needs.
 */
export function createAdminAccess({
  config: { adminTokenHash, publicUrl },
  localKeyHash,
  sessions,
  clock,
}: AdminAccessDeps): MiddlewareHandler<AdminHonoEnv> {
  return async (context, next) => {
    const { req } = context
    const authorization = req.header('authorization')
    const token = getCookie(context, sessionCookie)
    const usesCookie = authorization === undefined && token !== undefined && adminTokenHash !== undefined
    if (usesCookie) {
      const session = await sessions.find(token, new Date(clock.now()))
      if (!session) return noSessionResponse()
      const expected = req.header(sessionHeader) ?? req.query('session')
      if (expected !== undefined && expected !== session.id) return otherSessionResponse()
      const changes = req.method !== 'GET' && req.method !== 'HEAD'
      if (changes && !isOwnRequest(req.raw.headers, { requestUrl: req.url, publicUrl }))
        return foreignRequestResponse()
      context.set('user', session)
    } else {
      const denied = checkBearer(authorization, [adminTokenHash, localKeyHash])
      // Without an admin token these routes do not exist, but for the commands of the same machine.
      if (denied) return adminTokenHash === undefined ? context.notFound() : denied
      const hash = hashKey(/\S+$/.exec(authorization ?? '')?.[0] ?? '')
      const isLocal = localKeyHash !== undefined && isSameHash(hash, localKeyHash)
      context.set('user', { name: isLocal ? 'local' : adminUserName, role: 'configure' })
    }
    const needed = findNeededRole(req.method, req.path)
    if (needed === undefined) {
      const allowed = findAllowedMethods(req.path)
      return allowed.length > 0
        ? methodResponse(allowed)
        : errorResponse('not-found', 'There is no such route for operators.')
    }
    if (!isRoleEnough(context.get('user').role, needed))
      return errorResponse('role', `This needs the role "${needed}".`)
    await next()
    context.res.headers.set('cache-control', 'no-store')
    return undefined
  }
}

/** The response to a request with a cookie of a session that has ended. */
export function noSessionResponse(): Response {
  return errorResponse('no-token', 'There is no session: sign in to the console.')
}

/** The response to a page of the console whose browser has another session by now: in another tab somebody signed in. */
export function otherSessionResponse(): Response {
  return errorResponse(
    'other-session',
    'Nothing was done: the cookie belongs to another session than the one that the request names.',
  )
}

/** The response to a change that does not come from the console. */
export function foreignRequestResponse(): Response {
  return errorResponse(
    'origin',
    'A change with the console\'s cookie needs the relay\'s own "Origin" and the header "x-anketa-console: 1".',
  )
}
