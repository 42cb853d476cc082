import type { ConsolePorts } from '../ports.ts'

/** What an answer of the relay can be: a value, or the reason why the request failed. `network`: no answer came. */
export type Answered<Value> = { readonly value: Value } | { readonly failure: RequestFailure }

/** Why a request has no value. `busy`: another one is under way. `foreign`: the relay does not
 * take the page for its own. `no-contact`: the lead has neither a phone nor an e-mail. */
export type RequestFailure =
  | 'network'
  | 'signed-out'
  | 'forbidden'
  | 'foreign'
  | 'not-found'
  | 'erased'
  | 'conflict'
  | 'too-many'
  | 'unavailable'
  | 'too-slow'
  | 'busy'
  | 'no-contact'
  | 'other'

/** A request to a route of the relay. */
export interface RelayRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** Without `/` at its beginning. Never holds a person's data. */
  readonly path: string
  readonly body?: object
}

/** Sends requests to the relay in the console's session. */
export interface RelayClient {
  /** Where the session has ended, waits until the same user signs in again, and sends again. Never rejects. */
  request<Value>(request: RelayRequest): Promise<Answered<Value>>
  /** The same for the content of a file. */
  requestFile(request: RelayRequest): Promise<Answered<Blob>>
}

/** What the client needs to know of the session. */
export interface RequestSession {
  /** The session that the view is shown in. */
  id(): string | undefined
  /** Whose requests are sent now: another number for each user. */
  visit(): number
  /** Called for every answer in a session. */
  touch(): void
  /** Called for an answer 401: resolves when the user of that visit has signed in again, with false if not. */
  waitForSignIn(visit: number): Promise<boolean>
  /** Called where the browser has another session by now. Nothing, if it is one of the same user. */
  check(): Promise<RequestFailure | undefined>
}

/** Requests about the session itself are answered at once. */
const sessionPath = 'console/session'

/** Creates a client. */
export function createRelayClient(
  { fetch: send, relay }: Pick<ConsolePorts, 'fetch' | 'relay'>,
  session: RequestSession,
): RelayClient {
  async function exchange<Value>(
    { method = 'GET', path, body }: RelayRequest,
    read: (response: Response) => Promise<Value>,
    isChecked = false,
  ): Promise<Answered<Value>> {
    const visit = session.visit()
    const id = session.id()
    try {
      const response = await send(relay + path, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        // No other page can send this header here.
        headers: {
          ...(method === 'GET' ? {} : { 'x-anketa-console': '1' }),
          // What is asked for in the session of one user is never done in that of another.
          ...(id === undefined ? {} : { 'x-anketa-session': id }),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      if (response.status !== 401) session.touch()
      if (response.ok) return { value: await read(response) }
      if (response.status === 401 && path !== sessionPath && (await session.waitForSignIn(visit)))
        return await exchange({ method, path, ...(body ? { body } : {}) }, read)
      const code = await readCode(response)
      if (code === 'other-session' && !isChecked) {
        const failure = visit === session.visit() ? await session.check() : 'signed-out'
        if (failure !== undefined) return { failure }
        return await exchange({ method, path, ...(body ? { body } : {}) }, read, true)
      }
      return { failure: nameFailure(response.status, code) }
    } catch {
      return { failure: 'network' }
    }
  }

  return {
    request: (request) =>
      exchange(request, async (response) => (response.status === 204 ? undefined : response.json())),
    requestFile: (request) => exchange(request, (response) => response.blob()),
  }
}

function nameFailure(status: number, code: string): RequestFailure {
  switch (status) {
    case 401:
      return 'signed-out'
    case 403:
      return code === 'origin' ? 'foreign' : 'forbidden'
    case 404:
      return 'not-found'
    case 409:
      return 'conflict'
    case 410:
      return 'erased'
    case 429:
      return 'too-many'
    case 503:
      return code === 'too-slow' ? 'too-slow' : 'unavailable'
    default:
      return 'other'
  }
}

/** The code of an error. */
async function readCode(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined)
  const { error }: { readonly error?: unknown } = Object(body)
  const { code }: { readonly code?: unknown } = Object(error)
  return typeof code === 'string' ? code : ''
}
