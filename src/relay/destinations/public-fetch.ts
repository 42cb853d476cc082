import { lookup as resolveName } from 'node:dns/promises'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { type Fetch, unconnectedCode } from '../../delivery/send-http.ts'
import { isPrivateAddress } from './private-address.ts'

/** An address that a name stands for. */
export interface ResolvedAddress {
  readonly address: string
  readonly family: number
}

/** What the calls depend on. */
export interface PublicFetchDeps {
  /** Resolves a name to all its addresses. */
  resolve(hostname: string): Promise<readonly ResolvedAddress[]>
  /** Whether an address must not be connected to. */
  isRefused(address: string): boolean
}

const systemDeps: PublicFetchDeps = {
  resolve: (hostname) => resolveName(hostname, { all: true, verbatim: true }),
  isRefused: isPrivateAddress,
}

/**
 * Creates a `fetch` for addresses that an operator chose. It connects only to the addresses that it has checked after it
 * resolved the name, and resolves the name once per call, so that a name that changes its address in between gains
 * nothing. It follows no redirects. Node's own `fetch` cannot say which address it connects to.
 */
export function createPublicFetch(deps: PublicFetchDeps = systemDeps): Fetch {
  return async (address, { method = 'GET', headers, body, signal }) => {
    const url = new URL(address)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    // An address needs no name to be resolved.
    if (isIP(host) !== 0 && deps.isRefused(host)) throw refusedError()
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const options = {
      method,
      headers: Object.fromEntries(new Headers(headers)),
      lookup: createLookup(deps),
      // A connection that another call left open may be closed by the server at the moment of sending.
      agent: false,
      ...(signal ? { signal } : {}),
    }
    const outgoing =
      url.protocol === 'https:' ? requestHttps(url, options, resolve) : requestHttp(url, options, resolve)
    let isConnected = false
    outgoing.on('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        isConnected = true
      })
    })
    outgoing.on('error', (error) => reject(toFetchError(error, isConnected)))
    outgoing.end(typeof body === 'string' ? body : undefined)
    return toResponse(await promise)
  }
}

/**
 * Resolves a name for a connection of another kind. Throws an error with a `refusal` if it belongs to a private network.
 */
export async function resolvePublicAddress(
  host: string,
  { resolve, isRefused }: PublicFetchDeps = systemDeps,
): Promise<string> {
  const found = isIP(host) === 0 ? await resolve(host) : [{ address: host }]
  if (found.some(({ address }) => isRefused(address))) throw privateAddressError()
  const [first] = found
  if (!first) throw codedError('ENOTFOUND', 'the name has no address')
  return first.address
}

function createLookup({ resolve, isRefused }: PublicFetchDeps): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const [first] = found
        if (found.some(({ address }) => isRefused(address))) callback(privateAddressError(), '', 0)
        else if (!first) callback(codedError('ENOTFOUND', 'the name has no address'), '', 0)
        else if (options.all) callback(null, [...found])
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    )
  }
}

/** As `fetch` rejects: with the reason as the cause. What failed before the connection was not sent. */
function toFetchError(error: NodeJS.ErrnoException, isConnected: boolean): Error {
  if (isConnected || 'refusal' in error) return new TypeError('fetch failed', { cause: error })
  return new TypeError('fetch failed', { cause: codedError(unconnectedCode, error.message) })
}

function refusedError(): Error {
  return new TypeError('fetch failed', { cause: privateAddressError() })
}

function privateAddressError(): NodeJS.ErrnoException {
  const refusal = 'the address belongs to a private network, and "allowPrivate" does not permit it'
  return Object.assign(new Error(refusal), { refusal })
}

function codedError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code })
}

function toResponse(incoming: IncomingMessage): Response {
  const { statusCode = 0, headers } = incoming
  const hasBody = statusCode !== 204 && statusCode !== 205 && statusCode !== 304
  if (!hasBody) incoming.resume()
  const names = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return new Response(hasBody ? toStream(incoming) : null, {
    status: statusCode,
    headers: Object.fromEntries(names),
  })
}

function toStream(incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks: AsyncIterator<Buffer> = incoming[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(Uint8Array.from(value))
    },
    cancel() {
      incoming.destroy()
    },
  })
}
