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

/** What a sandbox's routes run with. */
export type SandboxEnv = { Bindings: Partial<HttpBindings> }

/** How a played API answers one request. */
export type Responder<Own extends string> = {
  /** Under the mode of the moment: `decide` is told the provider's own part of it. */
  respondByMode(
    c: Context<SandboxEnv>,
    decide: (request: ApiRequest, mode: 'strict' | Own) => SandboxResponse,
  ): Promise<Response>
  /** By the rules, whatever the mode. */
  respondByRules(
    c: Context<SandboxEnv>,
    decide: (request: ApiRequest) => SandboxResponse,
    how?: {
      /** What the journal keeps of an answer; the whole of it unless given. */
      readonly kept?: (answer: SandboxResponse) => SandboxResponse
      readonly pauseMs?: number
    },
  ): Promise<Response>
}

/** What makes a sandbox one provider's. */
export type SandboxDefinition<Own extends string, Switches extends CommonSwitches<Own>> = {
  readonly now: () => Date
  readonly switchStore: SwitchStore<Switches>
  /** How the switches of the page's forms are read, where they are no texts. */
  readonly formParsers?: Readonly<Record<string, FormParser>>
  /** The credentials known at the time; the journal masks them. */
  readonly secrets: () => readonly string[]
  readonly page: PageContent<Switches>
  /** The answer to a body that is too large. */
  readonly tooLarge: SandboxResponse
  /** Forgets what was accepted. */
  readonly reset: () => void
  /** Adds the provider's routes. */
  readonly routes: (app: Hono<SandboxEnv>, replies: Responder<Own>) => void
}

/** A running sandbox: its routes, and the same levers that they offer over HTTP. */
export type Sandbox<Switches> = {
  /** Mount with `route('/sandbox/…', app)` or serve as it is. */
  readonly app: Hono<SandboxEnv>
  /** Every request to the API, in the order of arrival. */
  received(): readonly ReceivedRequest[]
  /** Forgets the received requests and what was accepted. */
  clear(): void
  switches(): Switches
  /** Changes some switches; throws if the change makes no sense. Setting a mode other than `hold` lets the held requests go. */
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
 * Creates a server that plays an API by a plan: answers under switches, keeps a journal in memory and shows both on a
 * page at its root.
 */
export function createSandbox<Own extends string, Switches extends CommonSwitches<Own>>(
  plan: SandboxDefinition<Own, Switches>,
): Sandbox<Switches> {
  const { switchStore, page } = plan
  const journal = createRequestLog(plan.now, plan.secrets)
  const app = new Hono<SandboxEnv>()

  function clear() {
    journal.clear()
    plan.reset()
  }

  const replies: Responder<Own> = {
    async respondByMode(c, decide) {
      const request = await parseApiRequest(c, mountPath(c))
      const { mode, slowMs }: CommonSwitches<Own> = switchStore.current()
      const answer = isFaultMode(mode)
        ? applyFaultMode(mode, () => decide(request, 'strict'))
        : decide(request, mode)
      switchStore.countRequest()
      const number = journal.add(request, answer)
      if (mode === 'slow') await sleep(slowMs)
      if (mode === 'hold') await switchStore.waitForRelease()
      journal.markAnswered(number)
      return answer ? toResponse(answer) : dropConnection(c)
    },
    async respondByRules(c, decide, { kept = unchanged, pauseMs = 0 } = {}) {
      const request = await parseApiRequest(c, mountPath(c))
      const answer = decide(request)
      const number = journal.add(request, kept(answer))
      if (pauseMs > 0) await sleep(pauseMs)
      journal.markAnswered(number)
      return toResponse(answer)
    },
  }

  app.use('*', bodyLimit({ maxSize: 1024 * 1024, onError: () => toResponse(plan.tooLarge) }))
  plan.routes(app, replies)

  app.get('/received', (c) => c.json(journal.list()))
  app.delete('/received', (c) => {
    clear()
    return c.body(null, 204)
  })

  app.get('/switches', (c) => c.json(switchStore.current()))
  app.on(['PUT', 'POST'], '/switches', async (c) => {
    const sent = await c.req.text()
    const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
    const change = isForm ? parseSwitchForm(new URLSearchParams(sent), plan.formParsers) : parseJson(sent)
    const problems = switchStore.change(change)
    if (problems.length > 0) return c.json({ problems }, 400)
    return isForm ? c.redirect(mountPath(c), 303) : c.json(switchStore.current())
  })

  app.get('/sandbox.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/sandbox.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))

  // A catch-all because a mounted app's own '/' has no slash at its end, and the page's addresses are relative.
  app.get('*', (c) => {
    const home = mountPath(c)
    if (`${c.req.path}/` === home) return c.redirect(home, 302)
    if (c.req.path !== home) return c.notFound()
    return c.html(renderPage(page, switchStore.current(), journal.list()), 200, {
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })

  return {
    app,
    received: () => journal.list(),
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

function unchanged(answer: SandboxResponse): SandboxResponse {
  return answer
}
