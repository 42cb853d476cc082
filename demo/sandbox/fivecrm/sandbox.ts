import { type SandboxResponse, jsonResponse, toResponse } from '../core/response.ts'
import { type ApiRequest, isFormType } from '../core/request.ts'
import { createSandbox, type Sandbox } from '../core/create-sandbox.ts'
import { createSwitchStore } from '../core/switch-store.ts'
import { checkParameters } from './check-parameters.ts'
import { sampleLists } from './lists.ts'
import { fiveCrmPage } from './page.ts'
import { calls } from './parameters.ts'
import {
  defaultFiveCrmSwitches,
  type FiveCrmMode,
  type FiveCrmSwitches,
  fiveCrmSwitchesSchema,
} from './switches.ts'

/** Options of the sandbox: the tokens that it accepts, a clock and the initial switches. */
export type FiveCrmSandboxOptions = {
  readonly publicToken: string
  readonly secretToken: string
  readonly now: () => Date
  readonly switches?: Partial<FiveCrmSwitches>
}

/** A sandbox of 5CRM. */
export type FiveCrmSandbox = Sandbox<FiveCrmSwitches>

const accepted = jsonResponse(200, { ans: 'true' })
const refused = jsonResponse(403, { ans: 'false', message: 'Wrong token.' })

/**
 * Creates a server that simulates the documented API of 5CRM strictly. The mode applies to the calls that add
 * something; the lists always respond. The refusals of the real API are not documented; its rules are Laravel's, so the
 * sandbox refuses as Laravel does.
 */
export function createFiveCrmSandbox(options: FiveCrmSandboxOptions): FiveCrmSandbox {
  const { publicToken, secretToken, now, switches } = options
  const switchStore = createSwitchStore(fiveCrmSwitchesSchema, defaultFiveCrmSwitches, switches)

  function add(request: ApiRequest, mode: 'strict' | FiveCrmMode): SandboxResponse {
    const { method, path, query, contentType, rawBody } = request
    if (method === 'POST' && !isFormType(contentType)) {
      return jsonResponse(415, { message: 'Ожидается application/x-www-form-urlencoded.' })
    }
    if (method === 'POST' && query.size > 0) {
      return invalid({ query: ['Параметры передаются в теле запроса.'] })
    }
    const sent = method === 'POST' ? new URLSearchParams(rawBody) : query
    if (mode === 'refuse' || sent.getAll('public_token').join() !== publicToken) return refused
    const problems = checkParameters(sent, calls[path.slice(1)] ?? {})
    if (Object.keys(problems).length > 0) return invalid(problems)
    const { errorField, errorText } = switchStore.current()
    if (mode === 'field-error') return invalid({ [errorField]: [errorText] })
    if (mode === 'ans-false') return jsonResponse(200, { ans: 'false', message: 'Не получилось.' })
    if (mode === 'error-200') return jsonResponse(200, { error: 'Не получилось.' })
    return mode === 'ans-boolean' ? jsonResponse(200, { ans: true }) : accepted
  }

  function list(name: keyof typeof sampleLists, secret: boolean): (request: ApiRequest) => SandboxResponse {
    const expected = { public_token: publicToken, ...(secret ? { secret_token: secretToken } : {}) }
    return ({ query }) =>
      new URLSearchParams(expected).toString() === query.toString()
        ? jsonResponse(200, { ans: 'true', [name]: sampleLists[name] })
        : refused
  }

  return createSandbox<FiveCrmMode, FiveCrmSwitches>({
    now,
    switchStore,
    secrets: () => [publicToken, secretToken],
    page: fiveCrmPage,
    tooLarge: jsonResponse(413, { message: 'Слишком много данных.' }),
    reset: () => undefined,
    routes(app, { respondByMode, respondByRules }) {
      for (const path of Object.keys(calls)) app.post(`/${path}`, (c) => respondByMode(c, add))
      app.get('/ctm/form/send', (c) => respondByMode(c, add))
      app.get('/public/deal/get-custom-fields', (c) => respondByRules(c, list('fields', false)))
      app.get('/public/funnels/get', (c) => respondByRules(c, list('funnels', false)))
      app.get('/public/managers/get', (c) => respondByRules(c, list('managers', true)))
      for (const path of ['/ctm/*', '/public/*']) {
        app.all(path, () => toResponse(jsonResponse(405, { message: 'Method not allowed.' })))
      }
    },
  })
}

function invalid(errors: Readonly<Record<string, readonly string[]>>): SandboxResponse {
  return jsonResponse(422, { message: 'The given data was invalid.', errors })
}
