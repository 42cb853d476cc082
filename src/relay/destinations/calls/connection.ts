import { lookup as resolveName } from 'node:dns/promises'
import { connect as connectPlain, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'

/** An address that a name stands for. */
export interface ResolvedAddress {
  readonly address: string
  readonly family: number
}

/** How a call finds the address that it connects to. */
export interface AddressRules {
  /** Resolves a name to all its addresses. */
  resolve(hostname: string): Promise<readonly ResolvedAddress[]>
  /** Whether an address must not be connected to. */
  isRefused(address: string): boolean
}

/** All the addresses that the system knows for a name. */
export const resolveBySystem: AddressRules['resolve'] = (hostname) =>
  resolveName(hostname, { all: true, verbatim: true })

/**
 * Opens a connection to the host of an address of `http:` or `https:`. It is returned once it can carry a request:
 * connected, and with `https:` secured, with a certificate that was checked. Connects only to addresses that the rules do
 * not refuse, and resolves the name once. Throws the reason if there is no connection, also when `signal` is aborted.
 */
export async function openConnection(
  url: URL,
  rules: AddressRules,
  signal: AbortSignal | null | undefined,
): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isName = isIP(host) === 0
  // An address needs no name to be resolved.
  if (!isName && rules.isRefused(host)) throw privateAddressError()
  const isSecure = url.protocol === 'https:'
  if (!isSecure && url.protocol !== 'http:') throw new Error(`no calls by ${url.protocol}`)
  if (signal?.aborted) throw new Error('the time is over')
  const port = Number(url.port || (isSecure ? 443 : 80))
  const options = { host, port, lookup: createLookup(rules) }
  const socket = isSecure
    ? connectSecure({ ...options, ALPNProtocols: ['http/1.1'], ...(isName ? { servername: host } : {}) })
    : connectPlain(options)
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const give = (error: Error): void => {
    reject(error)
    socket.destroy()
  }
  const stop = (): void => give(new Error('the time is over'))
  signal?.addEventListener('abort', stop)
  socket.once(isSecure ? 'secureConnect' : 'connect', () => resolve(socket))
  // Without a listener a later error would end the process.
  socket.on('error', give)
  socket.once('close', () => give(new Error('the connection was closed')))
  try {
    return await promise
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

/** The first address of a name that a connection of another kind may use. Throws an error with a `refusal` otherwise. */
export async function resolveAddress(host: string, { resolve, isRefused }: AddressRules): Promise<string> {
  const found = isIP(host) === 0 ? await resolve(host) : [{ address: host }]
  if (found.some(({ address }) => isRefused(address))) throw privateAddressError()
  const [first] = found
  if (!first) throw codedError('ENOTFOUND', 'the name has no address')
  return first.address
}

function createLookup({ resolve, isRefused }: AddressRules): LookupFunction {
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

function privateAddressError(): NodeJS.ErrnoException {
  const refusal = 'the address belongs to a private network, and "allowPrivate" does not permit it'
  return Object.assign(new Error(refusal), { refusal })
}

function codedError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code })
}
