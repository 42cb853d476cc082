import { type Answer, jsonAnswer, toResponse } from '../answer.ts'
import { type ApiRequest, isFormType } from '../api-request.ts'
import { createSandbox, type Sandbox } from '../create-sandbox.ts'
import { createSwitchboard } from '../switchboard.ts'
import { checkParameters } from './check-parameters.ts'
import { lists } from './lists.ts'
import { fiveCrmPage } from './page-parts.ts'
import { calls } from './parameters.ts'
import { defaultSwitches, type OwnMode, type Switches, switchesSchema } from './switches.ts'

/** What a sandbox needs: the tokens it serves, a clock, and how it behaves at first. */
export type FiveCrmSandboxOptions = {
  readonly publicToken: string
  readonly secretToken: string
  readonly now: () => Date
  readonly switches?: Partial<Switches>
}

/** A running sandbox of 5CRM's. */
export type FiveCrmSandbox = Sandbox<Switches>

const yes = jsonAnswer(200, { ans: 'true' })
const refused = jsonAnswer(403, { ans: 'false', message: 'Wrong token.' })

/**
 * Creates a server that plays the documented API of 5CRM strictly. A mode applies to what adds something; the lists
 * always answer. How the real one refuses is not documented; its rules are Laravel's, and so are the refusals here.
 */
export function createFiveCrmSandbox(options: FiveCrmSandboxOptions): FiveCrmSandbox {
  const { publicToken, secretToken, now, switches } = options
  const board = createSwitchboard(switchesSchema, defaultSwitches, switches)

  function add(request: ApiRequest, mode: 'strict' | OwnMode): Answer {
    const { method, path, query, contentType, rawBody } = request
    if (method === 'POST' && !isFormType(contentType)) {
      return jsonAnswer(415, { message: 'Ожидается application/x-www-form-urlencoded.' })
    }
    if (method === 'POST' && query.size > 0) {
      return invalid({ query: ['Параметры передаются в теле запроса.'] })
    }
    const sent = method === 'POST' ? new URLSearchParams(rawBody) : query
    if (mode === 'refuse' || sent.getAll('public_token').join() !== publicToken) return refused
    const problems = checkParameters(sent, calls[path.slice(1)] ?? {})
    if (Object.keys(problems).length > 0) return invalid(problems)
    const { errorField, errorText } = board.current()
    if (mode === 'field-error') return invalid({ [errorField]: [errorText] })
    if (mode === 'ans-false') return jsonAnswer(200, { ans: 'false', message: 'Не получилось.' })
    if (mode === 'error-200') return jsonAnswer(200, { error: 'Не получилось.' })
    return mode === 'ans-boolean' ? jsonAnswer(200, { ans: true }) : yes
  }

  function list(name: keyof typeof lists, secret: boolean): (request: ApiRequest) => Answer {
    const wanted = { public_token: publicToken, ...(secret ? { secret_token: secretToken } : {}) }
    return ({ query }) =>
      new URLSearchParams(wanted).toString() === query.toString()
        ? jsonAnswer(200, { ans: 'true', [name]: lists[name] })
        : refused
  }

  return createSandbox<OwnMode, Switches>({
    now,
    board,
    secrets: () => [publicToken, secretToken],
    page: fiveCrmPage,
    tooLarge: jsonAnswer(413, { message: 'Слишком много данных.' }),
    forget: () => undefined,
    routes(app, { underMode, byRules }) {
      for (const path of Object.keys(calls)) app.post(`/${path}`, (c) => underMode(c, add))
      app.get('/ctm/form/send', (c) => underMode(c, add))
      app.get('/public/deal/get-custom-fields', (c) => byRules(c, list('fields', false)))
      app.get('/public/funnels/get', (c) => byRules(c, list('funnels', false)))
      app.get('/public/managers/get', (c) => byRules(c, list('managers', true)))
      for (const path of ['/ctm/*', '/public/*']) {
        app.all(path, () => toResponse(jsonAnswer(405, { message: 'Method not allowed.' })))
      }
    },
  })
}

function invalid(errors: Readonly<Record<string, readonly string[]>>): Answer {
  return jsonAnswer(422, { message: 'The given data was invalid.', errors })
}
