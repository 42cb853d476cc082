import { type Answer, jsonAnswer, toResponse } from '../answer.ts'
import type { ApiRequest } from '../api-request.ts'
import { createSandbox, type Sandbox } from '../create-sandbox.ts'
import { isRecord, parseJson } from '../json-record.ts'
import { createSwitchboard } from '../switchboard.ts'
import { checkClients, type Problem } from './check-clients.ts'
import { lotinfoPage } from './page-parts.ts'
import { defaultSwitches, type OwnMode, type Switches, switchesSchema } from './switches.ts'

/** What a sandbox needs: the token it serves, a clock, and how it behaves at first. */
export type LotinfoSandboxOptions = {
  readonly token: string
  readonly now: () => Date
  readonly switches?: Partial<Switches>
}

/** A running sandbox of Lotinfo's. */
export type LotinfoSandbox = Sandbox<Switches>

/**
 * Creates a server that plays the documented call of Lotinfo strictly. It numbers the clients that it takes; how the
 * real one refuses is not documented, so the refusals here are made up.
 */
export function createLotinfoSandbox({ token, now, switches }: LotinfoSandboxOptions): LotinfoSandbox {
  const board = createSwitchboard(switchesSchema, defaultSwitches, switches)
  let lastId = 100

  function answer(request: ApiRequest, mode: 'strict' | OwnMode): Answer {
    if (mode === 'refuse' || !isKnown(request.query)) return refusal(403, 'token', 'Нет доступа')
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
    if (mode === 'no-id') return jsonAnswer(200, { result: clients.map(() => ({})) })
    const result = clients.map(() => ({ id: (lastId += 1) }))
    const { noticeText } = board.current()
    const notices = [{ notice: 5, notice_text: noticeText, notice_field: 'lpr', notice_array: 0 }]
    const success = jsonAnswer(200, mode === 'notice' ? { result, notices } : { result })
    return body['encoding'] === 1 ? { ...success, text: escaped(success.text) } : success
  }

  /** The document's table says token, its sample says TOKEN. */
  function isKnown(query: URLSearchParams): boolean {
    const entries = Array.from(query)
    return (
      entries.length === 1 &&
      entries.every(([name, value]) => /^(?:token|TOKEN)$/.test(name) && value === token)
    )
  }

  return createSandbox<OwnMode, Switches>({
    now,
    board,
    secrets: () => [token],
    page: lotinfoPage,
    tooLarge: refusal(413, 'body', 'Слишком много данных'),
    forget() {
      lastId = 100
    },
    routes(app, { underMode }) {
      app.put('/v1/CLIENTS', (c) => underMode(c, answer))
      app.all('/v1/*', () => toResponse(refusal(405, 'method', 'Ожидается PUT v1/CLIENTS')))
    },
  })
}

function refusal(status: number, field: string, text: string): Answer {
  return refusals(status, [{ field, text }])
}

function refusals(status: number, errors: readonly Problem[]): Answer {
  return jsonAnswer(status, { errors })
}

/** Cyrillic as `encoding` wants it: \u0423. */
function escaped(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
