import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { baseRoutePath } from 'hono/route'
import { type Answer, toResponse } from './answer.ts'
import { type ApiRequest, readRequest } from './api-request.ts'
import { changeFromForm, type Reading } from './form-change.ts'
import { createJournal, type ReceivedRequest } from './journal.ts'
import { parseJson } from './json-record.ts'
import { type PageParts, renderPage } from './page.ts'
import type { CommonSwitches, Switchboard } from './switchboard.ts'
import { isWireMode, underWireMode } from './wire-modes.ts'

/** What a sandbox's routes run with. */
export type SandboxEnv = { Bindings: Partial<HttpBindings> }

/** How a played API answers one request. */
export type Replies<Own extends string> = {
  /** Under the mode of the moment: `decide` is told the provider's own part of it. */
  underMode(
    c: Context<SandboxEnv>,
    decide: (request: ApiRequest, mode: 'strict' | Own) => Answer,
  ): Promise<Response>
  /** By the rules, whatever the mode. */
  byRules(c: Context<SandboxEnv>, decide: (request: ApiRequest) => Answer): Promise<Response>
}

/** What makes a sandbox one provider's. */
export type SandboxPlan<Own extends string, Switches extends CommonSwitches<Own>> = {
  readonly now: () => Date
  readonly board: Switchboard<Switches>
  /** How the switches of the page's forms are read, where they are no texts. */
  readonly readings?: Readonly<Record<string, Reading>>
  /** The credentials known at the time; the journal masks them. */
  readonly secrets: () => readonly string[]
  readonly page: PageParts<Switches>
  /** The answer to a body that is too large. */
  readonly tooLarge: Answer
  /** Forgets what was accepted. */
  readonly forget: () => void
  /** Adds the provider's routes. */
  readonly routes: (app: Hono<SandboxEnv>, replies: Replies<Own>) => void
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
  plan: SandboxPlan<Own, Switches>,
): Sandbox<Switches> {
  const { board, page } = plan
  const journal = createJournal(plan.now, plan.secrets)
  const app = new Hono<SandboxEnv>()

  function clear() {
    journal.clear()
    plan.forget()
  }

  const replies: Replies<Own> = {
    async underMode(c, decide) {
      const request = await readRequest(c, homeOf(c))
      const { mode, slowMs }: CommonSwitches<Own> = board.current()
      const answer = isWireMode(mode)
        ? underWireMode(mode, () => decide(request, 'strict'))
        : decide(request, mode)
      board.count()
      const number = journal.record(request, answer)
      if (mode === 'slow') await sleep(slowMs)
      if (mode === 'hold') await board.released()
      journal.markAnswered(number)
      return answer ? toResponse(answer) : dropConnection(c)
    },
    async byRules(c, decide) {
      const request = await readRequest(c, homeOf(c))
      const answer = decide(request)
      journal.markAnswered(journal.record(request, answer))
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

  app.get('/switches', (c) => c.json(board.current()))
  app.on(['PUT', 'POST'], '/switches', async (c) => {
    const sent = await c.req.text()
    const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
    const change = isForm ? changeFromForm(new URLSearchParams(sent), plan.readings) : parseJson(sent)
    const problems = board.change(change)
    if (problems.length > 0) return c.json({ problems }, 400)
    return isForm ? c.redirect(homeOf(c), 303) : c.json(board.current())
  })

  app.get('/sandbox.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/sandbox.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))

  // A catch-all because a mounted app's own '/' has no slash at its end, and the page's addresses are relative.
  app.get('*', (c) => {
    const home = homeOf(c)
    if (`${c.req.path}/` === home) return c.redirect(home, 302)
    if (c.req.path !== home) return c.notFound()
    return c.html(renderPage(page, board.current(), journal.list()), 200, {
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
    switches: () => board.current(),
    change(change) {
      const problems = board.change(change)
      if (problems.length > 0) throw new Error(`${page.name} sandbox: wrong switches: ${problems.join('; ')}`)
    },
  }
}

function homeOf(c: Context<SandboxEnv>): string {
  return `${baseRoutePath(c)}/`.replace('//', '/')
}

function dropConnection(c: Context<SandboxEnv>): Response {
  const socket = c.env?.incoming?.socket
  if (!socket)
    throw new Error('sandbox: "drop" needs a real connection, so serve the sandbox with @hono/node-server')
  socket.destroy()
  return RESPONSE_ALREADY_SENT
}
