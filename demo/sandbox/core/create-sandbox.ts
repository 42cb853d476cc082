import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { baseRoutePath } from 'hono/route'
import { type SandboxResponse, toResponse } from './response.ts'
import { type ApiRequest, parseApiRequest } from './request.ts'
import { parseSwitchForm, type FormParser } from './parse-form.ts'
import { createRequestLog, type ReceivedRequest } from './request-log.ts'
import { parseJson } from './json.ts'
import { type PageContent, renderPage } from './render-page.ts'
import type { CommonSwitches, SwitchStore } from './switch-store.ts'
import { isFaultMode, applyFaultMode } from './fault-modes.ts'

/** The Hono environment of a sandbox's routes. */
export type SandboxEnv = { Bindings: Partial<HttpBindings> }

/** Responds to one request of a simulated API. */
export type Responder<Own extends string> = {
  /**
   * Responds in the current mode. `decide` gets the mode if it is one of the provider's own, and `strict` otherwise.
   */
  respondByMode(
    c: Context<SandboxEnv>,
    decide: (request: ApiRequest, mode: 'strict' | Own) => SandboxResponse,
  ): Promise<Response>
  /** Responds by the documented rules in every mode. */
  respondByRules(
    c: Context<SandboxEnv>,
    decide: (request: ApiRequest) => SandboxResponse,
    options?: {
      /** Shortens a response for the request log. By default the log keeps all of it. */
      readonly shorten?: (response: SandboxResponse) => SandboxResponse
      readonly delayMs?: number
    },
  ): Promise<Response>
}

/** The provider's part of a sandbox. */
export type SandboxDefinition<Own extends string, Switches extends CommonSwitches<Own>> = {
  readonly now: () => Date
  readonly switchStore: SwitchStore<Switches>
  /** Parsers of the fields of the page's forms whose switches are not texts. */
  readonly formParsers?: Readonly<Record<string, FormParser>>
  /** The current credentials. The request log redacts them. */
  readonly secrets: () => readonly string[]
  readonly page: PageContent<Switches>
  /** The response to a body that is too large. */
  readonly tooLarge: SandboxResponse
  /** Deletes what was accepted. */
  readonly reset: () => void
  /** Adds the provider's routes. */
  readonly routes: (app: Hono<SandboxEnv>, responder: Responder<Own>) => void
}

/** A sandbox: its routes, and functions that do the same as the routes for tests. */
export type Sandbox<Switches> = {
  /** Mount it with `route('/sandbox/…', app)`, or serve it directly. */
  readonly app: Hono<SandboxEnv>
  /** Every request to the API, in the order of arrival. */
  received(): readonly ReceivedRequest[]
  /** Deletes the received requests and what was accepted. */
  clear(): void
  switches(): Switches
  /**
   * Changes some switches; throws if the change is invalid. Setting a mode other than `hold` releases the held
   * requests.
   */
  change(change: Partial<Switches>): void
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ')

const style = readFileSync(new URL('./page.css', import.meta.url), 'utf8')
const script = readFileSync(new URL('./page-script.js', import.meta.url), 'utf8')

/**
 * Creates a server that simulates an API: it responds as the switches say, keeps a request log in memory and shows both
 * on a page at its root.
 */
export function createSandbox<Own extends string, Switches extends CommonSwitches<Own>>(
  definition: SandboxDefinition<Own, Switches>,
): Sandbox<Switches> {
  const { switchStore, page } = definition
  const log = createRequestLog(definition.now, definition.secrets)
  const app = new Hono<SandboxEnv>()

  function clear() {
    log.clear()
    definition.reset()
  }

  const responder: Responder<Own> = {
    async respondByMode(c, decide) {
      const request = await parseApiRequest(c, mountPath(c))
      const { mode, slowMs }: CommonSwitches<Own> = switchStore.current()
      const response = isFaultMode(mode)
        ? applyFaultMode(mode, () => decide(request, 'strict'))
        : decide(request, mode)
      switchStore.countRequest()
      const number = log.add(request, response)
      if (mode === 'slow') await sleep(slowMs)
      if (mode === 'hold') await switchStore.waitForRelease()
      log.markAnswered(number)
      return response ? toResponse(response) : dropConnection(c)
    },
    async respondByRules(c, decide, { shorten = unchanged, delayMs = 0 } = {}) {
      const request = await parseApiRequest(c, mountPath(c))
      const response = decide(request)
      const number = log.add(request, shorten(response))
      if (delayMs > 0) await sleep(delayMs)
      log.markAnswered(number)
      return toResponse(response)
    },
  }

  app.use('*', bodyLimit({ maxSize: 1024 * 1024, onError: () => toResponse(definition.tooLarge) }))
  definition.routes(app, responder)

  app.get('/received', (c) => c.json(log.list()))
  app.delete('/received', (c) => {
    clear()
    return c.body(null, 204)
  })

  app.get('/switches', (c) => c.json(switchStore.current()))
  app.on(['PUT', 'POST'], '/switches', async (c) => {
    const body = await c.req.text()
    const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
    const change = isForm
      ? parseSwitchForm(new URLSearchParams(body), definition.formParsers)
      : parseJson(body)
    const problems = switchStore.change(change)
    if (problems.length > 0) return c.json({ problems }, 400)
    return isForm ? c.redirect(mountPath(c), 303) : c.json(switchStore.current())
  })

  app.get('/sandbox.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/sandbox.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))

  // A catch-all, because the '/' of a mounted app has no slash at its end and the page's addresses are relative.
  app.get('*', (c) => {
    const root = mountPath(c)
    if (`${c.req.path}/` === root) return c.redirect(root, 302)
    if (c.req.path !== root) return c.notFound()
    return c.html(renderPage(page, switchStore.current(), log.list()), 200, {
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })

  return {
    app,
    received: () => log.list(),
    clear,
    switches: () => switchStore.current(),
    change(change) {
      const problems = switchStore.change(change)
      if (problems.length > 0) throw new Error(`${page.name} sandbox: wrong switches: ${problems.join('; ')}`)
    },
  }
}

function mountPath(c: Context<SandboxEnv>): string {
  return `${baseRoutePath(c)}/`.replace('//', '/')
}

function dropConnection(c: Context<SandboxEnv>): Response {
  const socket = c.env?.incoming?.socket
  if (!socket)
    throw new Error('sandbox: "drop" needs a real connection, so serve the sandbox with @hono/node-server')
  socket.destroy()
  return RESPONSE_ALREADY_SENT
}

function unchanged(response: SandboxResponse): SandboxResponse {
  return response
}
