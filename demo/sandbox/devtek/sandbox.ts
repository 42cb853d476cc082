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

/** Options of the sandbox: the credentials that it accepts, a clock and the initial switches. */
export type DevtekSandboxOptions = {
  readonly idWebmaster: number
  readonly token: string
  readonly now: () => Date
  readonly switches?: Partial<DevtekSwitches>
}

/** A sandbox of Devtek. */
export type DevtekSandbox = Sandbox<DevtekSwitches>

/**
 * Creates a server that simulates the documented Devtek API strictly and keeps what it receives in memory. The mode
 * applies to leads only; the lists of places have a switch of their own. In the modes that send the real response
 * (`strict`, `slow`, `hold`, `truncated`, `jsonp`) a valid lead counts as accepted on receipt. In the other modes
 * nothing is accepted.
 */
export function createDevtekSandbox({
  idWebmaster,
  token,
  now,
  switches,
}: DevtekSandboxOptions): DevtekSandbox {
  const api = createLeadApi({ idWebmaster, token })
  const switchStore = createSwitchStore(devtekSwitchesSchema, defaultDevtekSwitches, switches)

  function respondToLead(request: ApiRequest, mode: 'strict' | DevtekMode): SandboxResponse {
    if (mode === 'refuse') return accessDeniedResponse
    return api.createLead(request, switchStore.current(), mode === 'strict' ? undefined : mode)
  }

  function routes(app: Hono<SandboxEnv>, { respondByMode, respondByRules }: Responder<DevtekMode>) {
    app.post('/new-lead/', (c) => respondByMode(c, respondToLead))
    for (const [path, list] of [
      ['/get-regions/', api.listRegions],
      ['/get-cities/', api.listCities],
    ] as const) {
      app.post(path, (c) => {
        const switches = switchStore.current()
        const { lists, slowMs } = switches
        const decide = (request: ApiRequest): SandboxResponse => {
          const respond = () => list(request, switches)
          return (lists === 'strict' ? undefined : applyFaultMode(lists, respond)) ?? respond()
        }
        return respondByRules(c, decide, {
          shorten: shortenResponse,
          delayMs: lists === 'slow' ? slowMs : 0,
        })
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
    reset: () => api.reset(),
    routes,
  })
}
