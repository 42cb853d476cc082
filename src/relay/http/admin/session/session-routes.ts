import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Clock } from 'pg-boss'
import { maxLength, object, pipe, safeParse, string, union } from 'valibot'
import { parseJson } from '../../../../providers/core/json.ts'
import type { RelayConfig } from '../../../config/config.ts'
import type { Database } from '../../../database/database.ts'
import { recordAudit } from '../../../leads/console/audit-log.ts'
import type { Log } from '../../../log.ts'
import { hashKey, isSameHash } from '../../../runtime/hash.ts'
import { verifyPassword } from '../../../runtime/password-hash.ts'
import type { RelayHonoEnv } from '../../lead-routes.ts'
import { isFromUnknownProxy } from '../../monitoring/proxy-check.ts'
import { resolveClientIp } from '../../protection/client-ip.ts'
import type { SignInGuard } from '../../protection/sign-in-guard.ts'
import { errorResponse, uncachedJson } from '../../responses.ts'
import type { SessionAnswer } from '../lead-answers.ts'
import { foreignRequestResponse, noSessionResponse, otherSessionResponse } from './access.ts'
import { isOwnRequest, isSecureRequest, sessionHeader } from './own-requests.ts'
import {
  adminUserName,
  type ConsoleSession,
  type ConsoleSessions,
  idleMinutes,
  sessionCookie,
  type SignedInUser,
} from './sessions.ts'

/** What the routes of sessions depend on. */
export interface SessionRoutesDeps {
  readonly config: RelayConfig
  readonly database: Database
  readonly sessions: ConsoleSessions
  readonly signInGuard: SignInGuard
  readonly clock: Clock
  readonly log: Log
}

const text = pipe(string(), maxLength(1024))
const requestSchema = union([object({ token: text }), object({ name: text, password: text })])

/** Routes by which operators sign in to the console, and out. They exist only with an admin token. */
export function sessionRoutes(deps: SessionRoutesDeps): Hono<RelayHonoEnv> {
  const { config, database, sessions, signInGuard, clock, log } = deps
  const { adminTokenHash, publicUrl, trustProxy } = config
  const routes = new Hono<RelayHonoEnv>()
  if (adminTokenHash === undefined) return routes

  routes.post('/console/session', limitBody, async (context) => {
    const { req } = context
    if (!isOwn(context)) return foreignRequestResponse()
    const parsed = safeParse(requestSchema, parseJson(await req.text()))
    if (!parsed.success)
      return errorResponse('parameter', 'Expected JSON: { "name", "password" } or { "token" }.')
    const ip = resolveClientIp(context.env?.address, req.header('x-forwarded-for'), trustProxy)
    // Behind such a proxy everybody has one address: the wrong tries of one person would keep all others out.
    const isAddressKnown = !isFromUnknownProxy(trustProxy, context.env?.address, req.raw.headers)
    const attempt = {
      ip: isAddressKnown ? ip : undefined,
      name: 'token' in parsed.output ? undefined : parsed.output.name,
    }
    const seconds = await signInGuard.admit(attempt)
    if (seconds !== undefined) return tooManyTries(seconds)
    const user = await findUser(parsed.output)
    if (!user) {
      log('warning', 'Somebody could not sign in to the console')
      return errorResponse('credentials', 'The name and the password, or the token, are not known.')
    }
    await signInGuard.succeeded(attempt)
    const now = new Date(clock.now())
    await recordAudit(database, { user: user.name, action: 'sign-in' }, now)
    const { token, session } = await sessions.create(user, now)
    setCookie(context, sessionCookie, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
      secure: isSecureRequest(req.raw.headers, { requestUrl: req.url, publicUrl }, trustProxy),
      // The session itself ends on the server.
      expires: session.expiresAt,
    })
    return context.json(describeSession(session), 200, noStore)
  })

  routes.get('/console/session', async (context) => {
    const token = getCookie(context, sessionCookie)
    const session = token === undefined ? undefined : await sessions.find(token, new Date(clock.now()))
    return session ? uncachedJson(describeSession(session)) : noSessionResponse()
  })

  routes.delete('/console/session', async (context) => {
    if (!isOwn(context)) return foreignRequestResponse()
    const token = getCookie(context, sessionCookie)
    const expected = context.req.header(sessionHeader)
    const session = token === undefined ? undefined : await sessions.find(token, new Date(clock.now()))
    if (session && expected !== undefined && expected !== session.id) return otherSessionResponse()
    if (token !== undefined) await sessions.end(token)
    deleteCookie(context, sessionCookie, { path: '/' })
    return context.body(null, 204, noStore)
  })

  return routes

  function isOwn({ req }: Context): boolean {
    return isOwnRequest(req.raw.headers, { requestUrl: req.url, publicUrl })
  }

  async function findUser(
    request: { readonly token: string } | { readonly name: string; readonly password: string },
  ): Promise<SignedInUser | undefined> {
    if ('token' in request) {
      if (adminTokenHash === undefined || !isSameHash(hashKey(request.token), adminTokenHash))
        return undefined
      return { name: adminUserName, role: 'configure', credentialHash: hashKey(adminTokenHash) }
    }
    const user = config.console.users.find(({ name }) => name === request.name)
    // A name that nobody has takes as long as one with a wrong password.
    const isRight = await verifyPassword(request.password, user?.password)
    return user && isRight
      ? { name: user.name, role: user.role, credentialHash: hashKey(user.password) }
      : undefined
  }

  function describeSession({ id, name, role, expiresAt }: ConsoleSession): SessionAnswer {
    return { id, name, role, expiresAt: expiresAt.toISOString(), idleMinutes, edit: config.console.edit }
  }
}

const noStore = { 'cache-control': 'no-store' } as const

const limitBody = bodyLimit({
  maxSize: 8192,
  onError: () => errorResponse('too-large', 'Expected { "name", "password" } or { "token" }.'),
})

function tooManyTries(seconds: number): Response {
  const response = errorResponse('limit', `Too many tries to sign in: try again after ${seconds} seconds.`)
  response.headers.set('retry-after', String(seconds))
  return response
}
