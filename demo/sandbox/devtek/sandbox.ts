import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { baseRoutePath } from 'hono/route'
import { accessDenied, badAnswer, brokenAnswers, shortened, truncatedAnswer, type Answer } from './answers.ts'
import { createJournal, type ReceivedRequest } from './journal.ts'
import { parseJson } from './json-record.ts'
import { createLeadDesk, type ApiRequest } from './lead-desk.ts'
import { renderPage } from './page.ts'
import { createSwitchboard } from './switchboard.ts'
import { changeFromForm, type Switches } from './switches.ts'

/** What a sandbox needs: the credentials it serves, a clock, and how it behaves at first. */
export type DevtekSandboxOptions = {
  readonly idWebmaster: number
  readonly token: string
  readonly now: () => Date
  readonly switches?: Partial<Switches>
}

type Env = { Bindings: Partial<HttpBindings> }

/** A running sandbox: its routes, and the same levers that they offer over HTTP. */
export type DevtekSandbox = {
  /** Mount with `route('/sandbox/devtek', app)` or serve as it is. */
  readonly app: Hono<Env>
  /** Every request to the API, in the order of arrival. */
  received(): readonly ReceivedRequest[]
  /** Forgets the received requests and the accepted leads. */
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
 * Creates a server that plays the documented Devtek API strictly and keeps what it receives in memory.
 * A mode applies to leads only, the lists of places have a switch of their own. A lead counts as accepted when its answer is decided by the rules
 * (`strict`, `slow`, `hold`, `truncated`), already at receipt; a dropped or broken answer says nothing about the lead and accepts nothing.
 */
export function createDevtekSandbox({
  idWebmaster,
  token,
  now,
  switches,
}: DevtekSandboxOptions): DevtekSandbox {
  const desk = createLeadDesk({ idWebmaster, token })
  const journal = createJournal(now)
  const board = createSwitchboard(switches)
  const app = new Hono<Env>()

  function clear() {
    journal.clear()
    desk.forget()
  }

  function answerLead(mode: Switches['mode'], request: ApiRequest): Answer | null {
    switch (mode) {
      case 'strict':
      case 'slow':
      case 'hold':
        return desk.takeLead(request, board.current())
      case 'duplicate':
      case 'field-error':
        return desk.takeLead(request, board.current(), mode)
      case 'truncated':
        return truncatedAnswer(desk.takeLead(request, board.current()))
      case 'refuse':
        return accessDenied
      case 'error-500':
      case 'garbage':
      case 'html':
      case 'empty':
        return brokenAnswers[mode]
      case 'drop':
        return null
    }
  }

  app.use(
    '*',
    bodyLimit({ maxSize: 1024 * 1024, onError: () => send(badAnswer(413, ['Request too large'])) }),
  )

  app.post('/new-lead/', async (c) => {
    const request = await readRequest(c)
    const { slowMs } = board.current()
    const mode = board.nextMode()
    const answer = answerLead(mode, request)
    const number = journal.record({ path: '/new-lead/', ...request }, answer)
    if (mode === 'slow') await sleep(slowMs)
    if (mode === 'hold') await board.released()
    journal.markAnswered(number)
    return answer ? send(answer) : dropConnection(c)
  })

  const answerPlaces = (path: string, list: (request: ApiRequest, switches: Switches) => Answer) =>
    app.post(path, async (c) => {
      const request = await readRequest(c)
      const switches = board.current()
      const { lists } = switches
      const working = lists === 'strict' || lists === 'slow'
      const answer = working ? list(request, switches) : brokenAnswers[lists]
      const number = journal.record({ path, ...request }, shortened(answer))
      if (lists === 'slow') await sleep(switches.slowMs)
      journal.markAnswered(number)
      return send(answer)
    })
  answerPlaces('/get-regions/', (request, switches) => desk.listRegions(request, switches))
  answerPlaces('/get-cities/', (request, switches) => desk.listCities(request, switches))

  for (const path of ['/new-lead', '/get-regions', '/get-cities']) {
    app.post(path, (c) => c.redirect(`${new URL(c.req.url).pathname}/`, 301))
    app.all(`${path}/`, () => send(badAnswer(405, ['Method not allowed'])))
  }

  app.get('/received', (c) => c.json(journal.list()))
  app.delete('/received', (c) => {
    clear()
    return c.body(null, 204)
  })

  app.get('/switches', (c) => c.json(board.current()))
  app.on(['PUT', 'POST'], '/switches', async (c) => {
    const sent = await c.req.text()
    const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
    const problems = board.change(isForm ? changeFromForm(new URLSearchParams(sent)) : parseJson(sent))
    if (problems.length > 0) return c.json({ problems }, 400)
    return isForm ? c.redirect(`${baseRoutePath(c)}/`.replace('//', '/'), 303) : c.json(board.current())
  })

  app.get('/sandbox.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/sandbox.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))

  // A catch-all because a mounted app's own '/' has no slash at its end, and the page's addresses are relative.
  app.get('*', (c) => {
    const home = `${baseRoutePath(c)}/`.replace('//', '/')
    if (`${c.req.path}/` === home) return c.redirect(home, 302)
    if (c.req.path !== home) return c.notFound()
    return c.html(renderPage({ idWebmaster, switches: board.current(), received: journal.list() }), 200, {
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
      if (problems.length > 0) throw new Error(`Devtek sandbox: wrong switches: ${problems.join('; ')}`)
    },
  }
}

async function readRequest(c: Context<Env>): Promise<ApiRequest> {
  return { contentType: c.req.header('content-type') ?? null, rawBody: await c.req.text() }
}

function send({ status, contentType, text }: Answer): Response {
  return new Response(text, { status, headers: { 'content-type': contentType } })
}

function dropConnection(c: Context<Env>): Response {
  const socket = c.env?.incoming?.socket
  if (!socket)
    throw new Error(
      'Devtek sandbox: "drop" needs a real connection, so serve the sandbox with @hono/node-server',
    )
  socket.destroy()
  return RESPONSE_ALREADY_SENT
}
