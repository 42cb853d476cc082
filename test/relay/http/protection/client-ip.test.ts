import { describe, expect, it } from 'vitest'
import { isPrivateIp, normalizeIp, resolveClientIp } from '../../../../src/relay/http/protection/client-ip.ts'
import { createProxyCheck } from '../../../../src/relay/http/monitoring/proxy-check.ts'

it.each([
  ['10.0.0.1', undefined, 0, '10.0.0.1'],
  ['::ffff:10.0.0.1', '1.1.1.1', 0, '10.0.0.1'],
  ['10.0.0.1', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
  ['10.0.0.1', '6.6.6.6, 1.1.1.1, 2.2.2.2', 2, '1.1.1.1'],
  ['10.0.0.1', '6.6.6.6, ::ffff:1.1.1.1', 1, '1.1.1.1'],
  ['10.0.0.1', '6.6.6.6, [2001:DB8::1]:443', 1, '2001:db8::1'],
  ['10.0.0.1', undefined, 1, '10.0.0.1'],
  ['10.0.0.1', '6.6.6.6, unknown', 1, undefined],
  ['10.0.0.1', `6.6.6.6, ${'1'.repeat(5000)}`, 1, undefined],
  [undefined, undefined, 1, undefined],
])(
  'the connection %s, forwarded for %s, behind %i trusted proxies has the client IP %s',
  (connection, forwarded, proxies, ip) => {
    expect(resolveClientIp(connection, forwarded, proxies)).toBe(ip)
  },
)

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:5678', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:0201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['"[2001:db8:0:0::1]:80"', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::1', '::1'],
  ['', undefined],
  ['localhost', undefined],
  ['1.2.3', undefined],
  ['1.2.3.4, 5.6.7.8', undefined],
  ['<script>', undefined],
])('the address %j is %s', (address, normalized) => {
  expect(normalizeIp(address)).toBe(normalized)
})

it.each([
  ['127.0.0.1', true],
  ['::ffff:127.0.0.1', true],
  ['172.17.0.1', true],
  ['192.168.1.1', true],
  ['::1', true],
  ['fd00::1', true],
  ['172.32.0.1', false],
  ['203.0.113.5', false],
  ['2001:db8::1', false],
  ['nonsense', false],
  [undefined, false],
])('the address %s is private: %s', (address, expected) => {
  expect(isPrivateIp(address)).toBe(expected)
})

describe('a proxy that the configuration does not know of', () => {
  const forwarded = new Headers({ 'x-forwarded-for': '203.0.113.5' })
  const standard = new Headers({ forwarded: 'for=203.0.113.5' })

  it.each([
    ['X-Forwarded-For from this machine', 0, '127.0.0.1', forwarded, true],
    ['Forwarded from a private network', 0, '::ffff:10.1.2.3', standard, true],
    ['the same with a trusted proxy', 1, '127.0.0.1', forwarded, false],
    ['no header', 0, '127.0.0.1', new Headers(), false],
    ['a header that anybody on the Internet can send', 0, '203.0.113.5', forwarded, false],
    ['an unknown connection', 0, undefined, forwarded, false],
  ])('is noticed once: %s', async (_, proxies, connection, headers, noticed) => {
    const lines: string[] = []
    const check = createProxyCheck(proxies, (level, text) => lines.push(`${level}: ${text}`))
    for (let times = 0; times < 3; times += 1) check.observe(connection, headers)
    expect(lines.filter((line) => /^warning: .*Set "trustProxy"/.test(line))).toHaveLength(noticed ? 1 : 0)
    expect(lines.length).toBe(noticed ? 1 : 0)
    expect((await check.check()).status).toBe(noticed ? 'degraded' : 'ok')
  })
})
