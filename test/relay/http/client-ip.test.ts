import { expect, it } from 'vitest'
import { resolveClientIp } from '../../../src/relay/http/client-ip.ts'

it.each([
  ['10.0.0.1', undefined, 0, '10.0.0.1'],
  ['10.0.0.1', '1.1.1.1', 0, '10.0.0.1'],
  ['10.0.0.1', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
  ['10.0.0.1', '6.6.6.6, 1.1.1.1, 2.2.2.2', 2, '1.1.1.1'],
  ['10.0.0.1', undefined, 1, '10.0.0.1'],
  [undefined, undefined, 1, undefined],
])(
  'the connection %s, forwarded for %s, behind %i trusted proxies has the client IP %s',
  (connection, forwarded, proxies, ip) => {
    expect(resolveClientIp(connection, forwarded, proxies)).toBe(ip)
  },
)
