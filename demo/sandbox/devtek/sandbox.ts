import type { Hono } from 'hono'
import { type SandboxResponse, toResponse } from '../core/response.ts'
import type { ApiRequest } from '../core/request.ts'
import { createSandbox, type Responder, type Sandbox, type SandboxEnv } from '../core/create-sandbox.ts'
import { createSwitchStore } from '../core/switch-store.ts'
import { applyFaultMode } from '../core/fault-modes.ts'
import { accessDeniedResponse, badResponse, shortenResponse } from './responses.ts'
import { createLeadApi } from './lead-api.ts'
import { devtekPage } from './page.ts'
import {
  defaultDevtekSwitches,
  devtekFormParsers,
  type DevtekMode,
  type DevtekSwitches,
  devtekSwitchesSchema,
} from './switches.ts'

/** What a sandbox needs: the credentials it serves, a clock, and how it behaves at first. */
export type DevtekSandboxOptions = {
  readonly idWebmaster: number
  readonly token: string
  readonly now: () => Date
  readonly switches?: Partial<DevtekSwitches>
}

/** A running sandbox of Devtek's. */
export type DevtekSandbox = Sandbox<DevtekSwitches>

/**
 * Creates a server that plays the documented Devtek API strictly and keeps what it receives in memory.
 * A mode applies to leads only, the lists of places have a switch of their own. A lead counts as accepted when its answer is decided by the rules
 * (`strict`, `slow`, `hold`, `truncated`, `jsonp`), already at receipt; a dropped or broken answer says nothing about the lead and accepts nothing.
 */
export function createDevtekSandbox({
  idWebmaster,
  token,
  now,
  switches,
}: DevtekSandboxOptions): DevtekSandbox {
  const desk = createLeadApi({ idWebmaster, token })
  const switchStore = createSwitchStore(devtekSwitchesSchema, defaultDevtekSwitches, switches)

  function answerLead(request: ApiRequest, mode: 'strict' | DevtekMode): SandboxResponse {
    if (mode === 'refuse') return accessDeniedResponse
    return desk.createLead(request, switchStore.current(), mode === 'strict' ? undefined : mode)
  }

  function routes(app: Hono<SandboxEnv>, { respondByMode, respondByRules }: Responder<DevtekMode>) {
    app.post('/new-lead/', (c) => respondByMode(c, answerLead))
    for (const [path, list] of [
      ['/get-regions/', desk.listRegions],
      ['/get-cities/', desk.listCities],
    ] as const) {
      app.post(path, (c) => {
        const switches = switchStore.current()
        const { lists, slowMs } = switches
        const answer = (request: ApiRequest): SandboxResponse => {
          const whole = () => list(request, switches)
          return (lists === 'strict' ? undefined : applyFaultMode(lists, whole)) ?? whole()
        }
        return respondByRules(c, answer, { kept: shortenResponse, pauseMs: lists === 'slow' ? slowMs : 0 })
      })
    }
    for (const path of ['/new-lead', '/get-regions', '/get-cities']) {
      app.post(path, (c) => c.redirect(`${new URL(c.req.url).pathname}/`, 301))
      app.all(`${path}/`, () => toResponse(badResponse(405, ['Method not allowed'])))
    }
  }

  return createSandbox<DevtekMode, DevtekSwitches>({
    now,
    switchStore,
    formParsers: devtekFormParsers,
    secrets: () => [token],
    page: devtekPage(idWebmaster),
    tooLarge: badResponse(413, ['Request too large']),
    reset: () => desk.reset(),
    routes,
  })
}
