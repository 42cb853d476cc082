import { type SandboxResponse, jsonResponse, toResponse } from '../core/response.ts'
import type { ApiRequest } from '../core/request.ts'
import { createSandbox, type Sandbox } from '../core/create-sandbox.ts'
import { isRecord, parseJson } from '../core/json.ts'
import { createSwitchStore } from '../core/switch-store.ts'
import { checkClients, type Problem } from './check-clients.ts'
import { lotinfoPage } from './page.ts'
import {
  defaultLotinfoSwitches,
  type LotinfoMode,
  type LotinfoSwitches,
  lotinfoSwitchesSchema,
} from './switches.ts'

/** Options of the sandbox: the token that it accepts, a clock and the initial switches. */
export type LotinfoSandboxOptions = {
  readonly token: string
  readonly now: () => Date
  readonly switches?: Partial<LotinfoSwitches>
}

/** A sandbox of Lotinfo. */
export type LotinfoSandbox = Sandbox<LotinfoSwitches>

/**
 * Creates a server that simulates the documented call of Lotinfo strictly. It numbers the clients that it accepts. The
 * refusals of the real API are not documented, so those of the sandbox are invented.
 */
export function createLotinfoSandbox({ token, now, switches }: LotinfoSandboxOptions): LotinfoSandbox {
  const switchStore = createSwitchStore(lotinfoSwitchesSchema, defaultLotinfoSwitches, switches)
  let lastId = 100

  function respond(request: ApiRequest, mode: 'strict' | LotinfoMode): SandboxResponse {
    if (mode === 'refuse' || !hasToken(request.query)) return refusal(403, 'token', 'Нет доступа')
    if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(request.contentType ?? '')) {
      return refusal(400, 'Content-Type', 'Ожидается application/json')
    }
    const body = parseJson(request.rawBody)
    if (!isRecord(body)) return refusal(400, 'body', 'Ожидается JSON')
    const problems = checkClients(body)
    if (problems.length > 0) return refusals(400, problems)
    if (mode === 'bad-request') return refusal(400, 'data', 'Клиент не принят')
    if (mode === 'error-200') return refusal(200, 'data', 'Клиент не принят')
    const clients = Array.isArray(body['data']) ? body['data'] : []
    if (mode === 'no-id') return jsonResponse(200, { result: clients.map(() => ({})) })
    const result = clients.map(() => ({ id: (lastId += 1) }))
    const { noticeText } = switchStore.current()
    const notices = [{ notice: 5, notice_text: noticeText, notice_field: 'lpr', notice_array: 0 }]
    const success = jsonResponse(200, mode === 'notice' ? { result, notices } : { result })
    return body['encoding'] === 1 ? { ...success, text: escapeNonAscii(success.text) } : success
  }

  /** The document's table spells the parameter token, its sample TOKEN. */
  function hasToken(query: URLSearchParams): boolean {
    const entries = Array.from(query)
    return (
      entries.length === 1 &&
      entries.every(([name, value]) => /^(?:token|TOKEN)$/.test(name) && value === token)
    )
  }

  return createSandbox<LotinfoMode, LotinfoSwitches>({
    now,
    switchStore,
    secrets: () => [token],
    page: lotinfoPage,
    tooLarge: refusal(413, 'body', 'Слишком много данных'),
    reset() {
      lastId = 100
    },
    routes(app, { respondByMode }) {
      app.put('/v1/CLIENTS', (c) => respondByMode(c, respond))
      app.all('/v1/*', () => toResponse(refusal(405, 'method', 'Ожидается PUT v1/CLIENTS')))
    },
  })
}

function refusal(status: number, field: string, text: string): SandboxResponse {
  return refusals(status, [{ field, text }])
}

function refusals(status: number, errors: readonly Problem[]): SandboxResponse {
  return jsonResponse(status, { errors })
}

/** Cyrillic as \u0423, which `encoding` requests. */
function escapeNonAscii(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
