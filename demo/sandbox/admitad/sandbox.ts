import type { Context, Hono } from 'hono'
import { type Answer, toResponse } from '../answer.ts'
import type { ApiRequest } from '../api-request.ts'
import { createSandbox, type Replies, type Sandbox, type SandboxEnv } from '../create-sandbox.ts'
import { createSwitchboard } from '../switchboard.ts'
import { faults } from './answers.ts'
import { createBrokerDesk } from './broker-desk.ts'
import { admitadPage } from './page-parts.ts'
import {
  type Call,
  defaultSwitches,
  formReadings,
  type OwnMode,
  type Switches,
  switchesSchema,
} from './switches.ts'
import { createTokenDesk, type Credentials, type Scope } from './token-desk.ts'

/** What a sandbox needs: whom it serves, a clock, and how it behaves at first. */
export type AdmitadSandboxOptions = Credentials & {
  readonly websiteId: number
  readonly now: () => Date
  readonly switches?: Partial<Switches>
}

/** A running sandbox of Admitad's. */
export type AdmitadSandbox = Sandbox<Switches> & {
  /** From now on no token that was sold holds. */
  revokeTokens(): void
}

const perMinute = 60

/**
 * Creates a server that plays the documented part of Admitad's API strictly, tokens and the limit of requests included.
 * A mode applies to the calls that the switch `calls` names; the others answer by the rules.
 */
export function createAdmitadSandbox(options: AdmitadSandboxOptions): AdmitadSandbox {
  const { websiteId, now, switches, ...credentials } = options
  const tokens = createTokenDesk(credentials, now)
  const desk = createBrokerDesk(now)
  const board = createSwitchboard(switchesSchema, defaultSwitches, switches)
  let recent: number[] = []

  /** Admitad counts every request with a token, and lets no more than 60 pass within a minute. */
  function isTooMany(): boolean {
    const moment = now().getTime()
    recent = [...recent.filter((at) => at > moment - 60_000), moment]
    return board.current().limitRate && recent.length > perMinute
  }

  function routes(app: Hono<SandboxEnv>, { underMode, byRules }: Replies<OwnMode>) {
    const reply = (
      c: Context<SandboxEnv>,
      call: Call,
      decide: (request: ApiRequest, mode: 'strict' | OwnMode) => Answer,
    ): Promise<Response> =>
      board.current().calls === call
        ? underMode(c, decide)
        : byRules(c, (request) => decide(request, 'strict'))

    const guarded = (
      c: Context<SandboxEnv>,
      call: Call,
      scope: Scope,
      decide: (request: ApiRequest, mode: 'strict' | OwnMode) => Answer,
    ): Promise<Response> =>
      reply(c, call, (request, mode) => {
        if (isTooMany()) return faults.tooMany
        const refused = tokens.refuse(request, scope)
        if (refused) return refused
        if (call !== 'settings' && c.req.param('website') !== String(websiteId)) return faults.notFound
        return call === 'leads' ? decide(request, mode) : (faultIn(mode) ?? decide(request, mode))
      })

    app.post('/token/', (c) =>
      reply(
        c,
        'token',
        (request, mode) => faultIn(mode) ?? tokens.sell(request, board.current().tokenSeconds),
      ),
    )
    const manage = 'manage_broker_application'
    const broker = '/website/:website/broker/applications'
    app.post(`${broker}/create/`, (c) =>
      guarded(c, 'leads', manage, (request, mode) => desk.create(request, board.current(), mode)),
    )
    app.post(`${broker}/sync_create/`, (c) =>
      guarded(c, 'leads', manage, (request, mode) => desk.syncCreate(request, board.current(), mode)),
    )
    app.post(`${broker}/sync_create/:id/confirm`, (c) =>
      guarded(c, 'confirm', manage, (request) =>
        desk.confirm(request, Number(c.req.param('id')), board.current()),
      ),
    )
    app.get(`${broker}/`, (c) =>
      guarded(c, 'list', 'broker_application', (request) => desk.list(request, board.current())),
    )
    app.get('/broker/campaign_settings/:id/', (c) =>
      guarded(c, 'settings', 'broker_application', () => desk.settings(Number(c.req.param('id')))),
    )
    // What lacks its slash is sent to the address that has it, as a POST that becomes a GET.
    for (const path of ['/token', `${broker}/create`, `${broker}/sync_create`]) {
      app.post(path, (c) => c.redirect(`${new URL(c.req.url).pathname}/`, 301))
    }
    app.all('/website/*', () => toResponse(faults.notFound))
  }

  const sandbox = createSandbox<OwnMode, Switches>({
    now,
    board,
    readings: formReadings,
    secrets: () => [credentials.clientSecret, credentials.accessToken, ...tokens.issued()],
    page: admitadPage(websiteId),
    tooLarge: faults.badRequest,
    forget() {
      desk.forget()
      recent = []
    },
    routes,
  })
  return { ...sandbox, revokeTokens: () => tokens.revoke() }
}

/** The errors that any call may meet. */
function faultIn(mode: 'strict' | OwnMode): Answer | undefined {
  switch (mode) {
    case 'bad-request':
      return faults.badRequest
    case 'error-200':
      return { ...faults.badRequest, status: 200 }
    case 'invalid-token':
      return faults.invalidToken
    case 'no-rights':
      return faults.noRights
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
