import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Socket } from 'node:net'
import { type Fetch, notWrittenCode } from '../../../delivery/send-http.ts'
import { version } from '../../runtime/version.ts'
import { type AddressRules, openConnection, resolveBySystem } from './connection.ts'
import { acceptedEncodings, toResponse } from './response.ts'

const anyAddress: AddressRules = { resolve: resolveBySystem, isRefused: () => false }

/**
 * Creates the `fetch` of the relay's calls. Node's own cannot say whether a request was written before it failed, and a
 * lead whose request was not written can go to another lender. This one hands the request to a connection that is
 * connected and secured; what fails before that rejects with the code {@link notWrittenCode}. Every call has a
 * connection of its own: one that another call left open may be closed by the server at the moment of sending. Redirects
 * are not followed, any port is called, and an answer that changes the protocol fails.
 */
export function createHttpClient(rules: AddressRules = anyAddress): Fetch {
  return async (address, { method = 'GET', headers, body, signal }) => {
    let isWritten = false
    let socket: Socket | undefined
    try {
      const url = new URL(address)
      const sentHeaders = {
        // Some servers refuse a call without these two. An adapter may set its own.
        accept: '*/*',
        'user-agent': `anketa-relay/${version}`,
        'accept-encoding': acceptedEncodings,
        ...Object.fromEntries(new Headers(headers)),
      }
      const connection = await openConnection(url, rules, signal)
      socket = connection
      const request = url.protocol === 'https:' ? requestHttps : requestHttp
      // Throws on a method or a header that cannot be written.
      const outgoing = request(url, { method, headers: sentHeaders, createConnection: () => connection })
      isWritten = true
      const incoming = await exchange(outgoing, typeof body === 'string' ? body : undefined, signal)
      return toResponse(incoming)
    } catch (error) {
      socket?.destroy()
      throw toFetchError(error, isWritten)
    }
  }
}

/** Sends a request. Settles with the answer, an error, the end of the connection or the abort of the signal. */
function exchange(
  outgoing: ClientRequest,
  body: string | undefined,
  signal: AbortSignal | null | undefined,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const give = (error: Error): void => {
    reject(error)
    outgoing.destroy(error)
  }
  // Also ends the answer's body, once there is one.
  const stop = (): void => give(new Error('the time is over'))
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop)
  outgoing.on('response', resolve)
  // The connection belongs to this listener from now on.
  outgoing.on('upgrade', (_, connection: Socket) => {
    connection.destroy()
    reject(new Error('the server changes the protocol'))
  })
  outgoing.on('error', reject)
  outgoing.on('close', () => {
    signal?.removeEventListener('abort', stop)
    reject(new Error('the connection was closed'))
  })
  outgoing.end(body)
  return promise
}

/** As `fetch` rejects: with the reason as the cause. */
function toFetchError(error: unknown, isWritten: boolean): Error {
  if (isWritten || (error instanceof Error && 'refusal' in error)) {
    return new TypeError('fetch failed', { cause: error })
  }
  const reason = error instanceof Error ? error.message : ''
  return new TypeError('fetch failed', { cause: Object.assign(new Error(reason), { code: notWrittenCode }) })
}
