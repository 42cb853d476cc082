import type { HealthCheck } from './health-check.ts'
import type { Log } from '../../log.ts'
import { isPrivateIp } from '../protection/client-ip.ts'

/** Notices a reverse proxy that the configuration does not know of. */
export interface ProxyCheck extends HealthCheck {
  /** Looks at a request: the connection's address, and the headers that proxies write. */
  observe(connection: string | undefined, headers: Headers): void
}

/** Whether a request came through a proxy that the configuration does not know of. */
export function isFromUnknownProxy(
  trustedProxies: number,
  connection: string | undefined,
  headers: Headers,
): boolean {
  return (
    trustedProxies === 0 &&
    (headers.has('x-forwarded-for') || headers.has('forwarded')) &&
    // Anybody on the Internet can send these headers. Only a proxy sends them from a private address.
    isPrivateIp(connection)
  )
}

const problemText =
  'A proxy in front of this relay forwards requests, and "trustProxy" is 0: every lead is stored with the address of the proxy instead of the person\'s, and the number of leads from one address is not limited. Set "trustProxy" to the number of proxies.'

/** Creates the check. Its warning is logged once. */
export function createProxyCheck(trustedProxies: number, log: Log): ProxyCheck {
  let found = false
  return {
    name: 'proxy',
    observe(connection, headers) {
      if (found || !isFromUnknownProxy(trustedProxies, connection, headers)) return
      found = true
      log('warning', problemText)
    },
    check: async () => (found ? { status: 'degraded', reason: problemText } : { status: 'ok' }),
  }
}
