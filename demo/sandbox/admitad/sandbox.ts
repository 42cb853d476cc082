import type { Context, Hono } from 'hono'
import { type SandboxResponse, toResponse } from '../core/response.ts'
import type { ApiRequest } from '../core/request.ts'
import { createSandbox, type Responder, type Sandbox, type SandboxEnv } from '../core/create-sandbox.ts'
import { createSwitchStore } from '../core/switch-store.ts'
import { errorResponses, modeErrorResponse } from './responses.ts'
import { createApplicationApi } from './application-api.ts'
import { admitadPage } from './page.ts'
import {
  type SandboxCall,
  defaultAdmitadSwitches,
  admitadFormParsers,
  type AdmitadMode,
  type AdmitadSwitches,
  admitadSwitchesSchema,
} from './switches.ts'
import { createTokenIssuer, type SandboxCredentials, type TokenScope } from './token-issuer.ts'

/** Options of the sandbox: the credentials that it accepts, a clock and the initial switches. */
export type AdmitadSandboxOptions = SandboxCredentials & {
  readonly websiteId: number
  readonly now: () => Date
  readonly switches?: Partial<AdmitadSwitches>
}

/** A sandbox of Admitad. */
export type AdmitadSandbox = Sandbox<AdmitadSwitches> & {
  /** Revokes every issued token. */
  revokeTokens(): void
}

const requestsPerMinute = 60

/**
 * Creates a server that simulates the documented part of Admitad's API strictly, including tokens and the rate limit.
 * The mode applies to the calls that the switch `calls` names; the others respond by the documented rules.
 */
export function createAdmitadSandbox(options: AdmitadSandboxOptions): AdmitadSandbox {
  const { websiteId, now, switches, ...credentials } = options
  const tokens = createTokenIssuer(credentials, now)
  const api = createApplicationApi(now)
  const switchStore = createSwitchStore(admitadSwitchesSchema, defaultAdmitadSwitches, switches)
  let recent: number[] = []

  /** Admitad counts every request with a token and allows 60 a minute. */
  function isTooMany(): boolean {
    const time = now().getTime()
    recent = [...recent.filter((earlier) => earlier > time - 60_000), time]
    return switchStore.current().limitRate && recent.length > requestsPerMinute
  }

  function routes(app: Hono<SandboxEnv>, { respondByMode, respondByRules }: Responder<AdmitadMode>) {
    const respond = (
      c: Context<SandboxEnv>,
      call: SandboxCall,
      decide: (request: ApiRequest, mode: 'strict' | AdmitadMode) => SandboxResponse,
    ): Promise<Response> =>
      switchStore.current().calls === call
        ? respondByMode(c, decide)
        : respondByRules(c, (request) => decide(request, 'strict'))

    const guarded = (
      c: Context<SandboxEnv>,
      call: SandboxCall,
      scope: TokenScope,
      decide: (request: ApiRequest, mode: 'strict' | AdmitadMode) => SandboxResponse,
    ): Promise<Response> =>
      respond(c, call, (request, mode) => {
        if (isTooMany()) return errorResponses.tooMany
        const refused = tokens.authorize(request, scope)
        if (refused) return refused
        if (call !== 'settings' && c.req.param('website') !== String(websiteId))
          return errorResponses.notFound
        return call === 'leads' ? decide(request, mode) : (modeErrorResponse(mode) ?? decide(request, mode))
      })

    app.post('/token/', (c) =>
      respond(
        c,
        'token',
        (request, mode) =>
          modeErrorResponse(mode) ?? tokens.issue(request, switchStore.current().tokenSeconds),
      ),
    )
    const manage = 'manage_broker_application'
    const broker = '/website/:website/broker/applications'
    app.post(`${broker}/create/`, (c) =>
      guarded(c, 'leads', manage, (request, mode) => api.create(request, switchStore.current(), mode)),
    )
    app.post(`${broker}/sync_create/`, (c) =>
      guarded(c, 'leads', manage, (request, mode) => api.syncCreate(request, switchStore.current(), mode)),
    )
    app.post(`${broker}/sync_create/:id/confirm`, (c) =>
      guarded(c, 'confirm', manage, (request) =>
        api.confirm(request, Number(c.req.param('id')), switchStore.current()),
      ),
    )
    app.get(`${broker}/`, (c) =>
      guarded(c, 'list', 'broker_application', (request) => api.list(request, switchStore.current())),
    )
    app.get('/broker/campaign_settings/:id/', (c) =>
      guarded(c, 'settings', 'broker_application', () => api.campaignSettings(Number(c.req.param('id')))),
    )
    // An address without its final slash is redirected, so that the POST becomes a GET.
    for (const path of ['/token', `${broker}/create`, `${broker}/sync_create`]) {
      app.post(path, (c) => c.redirect(`${new URL(c.req.url).pathname}/`, 301))
    }
    app.all('/website/*', () => toResponse(errorResponses.notFound))
  }

  const sandbox = createSandbox<AdmitadMode, AdmitadSwitches>({
    now,
    switchStore,
    formParsers: admitadFormParsers,
    secrets: () => [credentials.clientSecret, credentials.accessToken, ...tokens.issuedTokens()],
    page: admitadPage(websiteId),
    tooLarge: errorResponses.badRequest,
    reset() {
      api.reset()
      recent = []
    },
    routes,
  })
  return { ...sandbox, revokeTokens: () => tokens.revokeAll() }
}
