import type { Context, Hono } from 'hono'
import { type SandboxResponse, toResponse } from '../core/response.ts'
import type { ApiRequest } from '../core/request.ts'
import { createSandbox, type Responder, type Sandbox, type SandboxEnv } from '../core/create-sandbox.ts'
import { createSwitchStore } from '../core/switch-store.ts'
import { errorResponses } from './responses.ts'
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

/** What a sandbox needs: whom it serves, a clock, and how it behaves at first. */
export type AdmitadSandboxOptions = SandboxCredentials & {
  readonly websiteId: number
  readonly now: () => Date
  readonly switches?: Partial<AdmitadSwitches>
}

/** A running sandbox of Admitad's. */
export type AdmitadSandbox = Sandbox<AdmitadSwitches> & {
  /** From now on no token that was sold holds. */
  revokeTokens(): void
}

const requestsPerMinute = 60

/**
 * Creates a server that plays the documented part of Admitad's API strictly, tokens and the limit of requests included.
 * A mode applies to the calls that the switch `calls` names; the others answer by the rules.
 */
export function createAdmitadSandbox(options: AdmitadSandboxOptions): AdmitadSandbox {
  const { websiteId, now, switches, ...credentials } = options
  const tokens = createTokenIssuer(credentials, now)
  const desk = createApplicationApi(now)
  const switchStore = createSwitchStore(admitadSwitchesSchema, defaultAdmitadSwitches, switches)
  let recent: number[] = []

  /** Admitad counts every request with a token, and lets no more than 60 pass within a minute. */
  function isTooMany(): boolean {
    const moment = now().getTime()
    recent = [...recent.filter((at) => at > moment - 60_000), moment]
    return switchStore.current().limitRate && recent.length > requestsPerMinute
  }

  function routes(app: Hono<SandboxEnv>, { respondByMode, respondByRules }: Responder<AdmitadMode>) {
    const reply = (
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
      reply(c, call, (request, mode) => {
        if (isTooMany()) return errorResponses.tooMany
        const refused = tokens.authorize(request, scope)
        if (refused) return refused
        if (call !== 'settings' && c.req.param('website') !== String(websiteId))
          return errorResponses.notFound
        return call === 'leads' ? decide(request, mode) : (modeError(mode) ?? decide(request, mode))
      })

    app.post('/token/', (c) =>
      reply(
        c,
        'token',
        (request, mode) => modeError(mode) ?? tokens.issue(request, switchStore.current().tokenSeconds),
      ),
    )
    const manage = 'manage_broker_application'
    const broker = '/website/:website/broker/applications'
    app.post(`${broker}/create/`, (c) =>
      guarded(c, 'leads', manage, (request, mode) => desk.create(request, switchStore.current(), mode)),
    )
    app.post(`${broker}/sync_create/`, (c) =>
      guarded(c, 'leads', manage, (request, mode) => desk.syncCreate(request, switchStore.current(), mode)),
    )
    app.post(`${broker}/sync_create/:id/confirm`, (c) =>
      guarded(c, 'confirm', manage, (request) =>
        desk.confirm(request, Number(c.req.param('id')), switchStore.current()),
      ),
    )
    app.get(`${broker}/`, (c) =>
      guarded(c, 'list', 'broker_application', (request) => desk.list(request, switchStore.current())),
    )
    app.get('/broker/campaign_settings/:id/', (c) =>
      guarded(c, 'settings', 'broker_application', () => desk.campaignSettings(Number(c.req.param('id')))),
    )
    // What lacks its slash is sent to the address that has it, as a POST that becomes a GET.
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
      desk.reset()
      recent = []
    },
    routes,
  })
  return { ...sandbox, revokeTokens: () => tokens.revokeAll() }
}

/** The errors that any call may meet. */
function modeError(mode: 'strict' | AdmitadMode): SandboxResponse | undefined {
  switch (mode) {
    case 'bad-request':
      return errorResponses.badRequest
    case 'error-200':
      return { ...errorResponses.badRequest, status: 200 }
    case 'invalid-token':
      return errorResponses.invalidToken
    case 'no-rights':
      return errorResponses.noRights
    case 'strict':
    case 'mixed':
    case 'none':
    case 'declined':
    case 'approved':
    case 'waiting':
    case 'error':
    case 'field-error':
      return undefined
  }
}
