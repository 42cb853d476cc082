import type { Hono } from 'hono'
import { type Answer, toResponse } from '../answer.ts'
import type { ApiRequest } from '../api-request.ts'
import { createSandbox, type Replies, type Sandbox, type SandboxEnv } from '../create-sandbox.ts'
import { createSwitchboard } from '../switchboard.ts'
import { accessDenied, badAnswer } from './answers.ts'
import { createLeadDesk } from './lead-desk.ts'
import { devtekPage } from './page-parts.ts'
import { defaultSwitches, formReadings, type OwnMode, type Switches, switchesSchema } from './switches.ts'

/** What a sandbox needs: the credentials it serves, a clock, and how it behaves at first. */
export type DevtekSandboxOptions = {
  readonly idWebmaster: number
  readonly token: string
  readonly now: () => Date
  readonly switches?: Partial<Switches>
}

/** A running sandbox of Devtek's. */
export type DevtekSandbox = Sandbox<Switches>

/**
 * Creates a server that plays the documented Devtek API strictly and keeps what it receives in memory.
 * A mode applies to leads only, the lists of places always answer. A lead counts as accepted when its answer is decided by the rules
 * (`strict`, `slow`, `hold`, `truncated`, `jsonp`), already at receipt; a dropped or broken answer says nothing about the lead and accepts nothing.
 */
export function createDevtekSandbox({
  idWebmaster,
  token,
  now,
  switches,
}: DevtekSandboxOptions): DevtekSandbox {
  const desk = createLeadDesk({ idWebmaster, token })
  const board = createSwitchboard(switchesSchema, defaultSwitches, switches)

  function answerLead(request: ApiRequest, mode: 'strict' | OwnMode): Answer {
    if (mode === 'refuse') return accessDenied
    return desk.takeLead(request, board.current(), mode === 'strict' ? undefined : mode)
  }

  function routes(app: Hono<SandboxEnv>, { underMode, byRules }: Replies<OwnMode>) {
    app.post('/new-lead/', (c) => underMode(c, answerLead))
    app.post('/get-regions/', (c) => byRules(c, (request) => desk.listRegions(request)))
    app.post('/get-cities/', (c) => byRules(c, (request) => desk.listCities(request)))
    for (const path of ['/new-lead', '/get-regions', '/get-cities']) {
      app.post(path, (c) => c.redirect(`${new URL(c.req.url).pathname}/`, 301))
      app.all(`${path}/`, () => toResponse(badAnswer(405, ['Method not allowed'])))
    }
  }

  return createSandbox<OwnMode, Switches>({
    now,
    board,
    readings: formReadings,
    secrets: () => [token],
    page: devtekPage(idWebmaster),
    tooLarge: badAnswer(413, ['Request too large']),
    forget: () => desk.forget(),
    routes,
  })
}
