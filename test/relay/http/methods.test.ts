import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveRelay, type RelayServer } from '../../../src/relay/assembly/serve.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { adminToken, formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, request } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay
let server: RelayServer
beforeAll(async () => {
  fixture = await createRelayFixture()
  relay = await fixture.start(await fixture.usedDatabase(), {
    forms: { main: { ...formEntry(), destinations: [] } },
    config: { port: 0, host: '127.0.0.1' },
  })
  server = await serveRelay(relay)
}, 60_000)
afterAll(async () => {
  await server.close()
  await fixture.end()
})

const id = '0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee'
const asAdmin = { authorization: `Bearer ${adminToken}` }

/** Addresses of the relay, and the methods that each has. */
const addresses: readonly (readonly [string, readonly string[]])[] = [
  ['/healthz', ['GET', 'HEAD']],
  ['/metrics', ['GET', 'HEAD']],
  ['/anketa.js', ['GET', 'HEAD']],
  ['/forms/main', ['GET', 'HEAD']],
  ['/forms/main/form.js', ['GET', 'HEAD']],
  ['/forms/main/leads', ['POST']],
  [`/forms/main/leads/${id}`, ['GET', 'HEAD', 'DELETE']],
  [`/forms/main/leads/${id}/code`, ['POST']],
  ['/forms/main/challenge', ['GET', 'HEAD']],
  ['/forms/main/events', ['POST']],
  ['/forms/main/regions', ['GET', 'HEAD']],
  ['/forms/main/cities', ['GET', 'HEAD']],
  ['/console', ['GET', 'HEAD']],
  ['/console/session', ['GET', 'HEAD', 'POST', 'DELETE']],
  ['/admin/leads', ['GET', 'HEAD']],
  ['/admin/leads/search', ['GET', 'HEAD', 'DELETE', 'POST']],
  [`/admin/leads/${id}`, ['GET', 'HEAD', 'DELETE']],
  ['/admin/erase', ['POST']],
  ['/admin/reload', ['POST']],
]

describe.each(addresses)('%s', (path, methods) => {
  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((each) => !methods.includes(each)))(
    '%s is answered with the methods that there are',
    async (method) => {
      const { status, headers, body } = await request(relay, path, { method, headers: asAdmin })
      expect({ status, body }).toEqual({
        status: 405,
        body: {
          error: { code: 'method', message: expect.stringMatching(/^This address takes [A-Z, ]+\.$/) },
        },
      })
      expect(headers.get('allow')?.split(', ').toSorted()).toEqual(methods.toSorted())
    },
  )
})

it.each(['/nothing', '/forms/main/nothing', '/admin/nothing', '/signed', '/nothing.txt'])(
  'an address that nothing has stays 404 with every method: %s',
  async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'OPTIONS'])
      expect((await request(relay, path, { method, headers: asAdmin })).status).toBe(404)
  },
)

it('pages of any origin read the head of a definition as they read it', async () => {
  const headers = { origin: 'https://other.example' }
  for (const method of ['GET', 'HEAD']) {
    const answer = await request(relay, '/forms/main', { method, headers })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  }
})

it.each([
  'HTTP/1.0\r\n\r\n',
  'HTTP/1.0\r\nHost: 10.0.0.1\r\n\r\n',
  'HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
])('a load balancer learns that the relay is healthy: %j', async (rest) => {
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`GET /healthz ${rest}`)
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(answer).toContain('"status":"ok"')
})

describe('filters of lists', () => {
  it.each([
    'from=2026-02-31',
    'to=2026-13-01',
    'from=2026-02-29T10:00:00Z',
    'from=2026-11-29T10:61:00Z',
    'from=2026-1-1',
    'from=',
  ])('refuse a day or a moment that does not exist: %s', async (query) => {
    for (const path of ['/admin/leads', '/admin/leads.csv', '/admin/leads.ndjson'])
      expect(await request(relay, `${path}?${query}`, { headers: asAdmin })).toMatchObject({
        status: 400,
        body: {
          error: {
            code: 'parameter',
            message: expect.stringMatching(/^(from|to): expected a day that exists/),
          },
        },
      })
  })

  it.each(['from=2026-02-28', 'to=2024-02-29', 'from=2026-11-29T10:00:00%2B03:00', 'from=2026-11-29T10:00Z'])(
    'take one that exists: %s',
    async (query) => {
      expect((await request(relay, `/admin/leads?${query}`, { headers: asAdmin })).status).toBe(200)
    },
  )

  it.each(['/admin/leads', '/admin/leads.csv', '/admin/stats', '/admin/audit', '/admin/consents/verify'])(
    'refuse what is given twice: %s',
    async (path) => {
      expect(await request(relay, `${path}?form=a&form=b`, { headers: asAdmin })).toMatchObject({
        status: 400,
        body: { error: { code: 'parameter', message: 'form: give it once.' } },
      })
    },
  )
})

it.each(['Имя\r\nвторое', 'Имя\nвторое', '\r\nИмя\t второе\r\n', 'Имя\rвторое'])(
  'line breaks that a program has left in a value are spaces: %j',
  async (birthPlace) => {
    const lead = inventLead()
    const { status, body } = await postLead(relay, {
      ...lead,
      values: { ...lead.values, issuePlace: birthPlace, city: birthPlace },
    })
    expect({ status, body }).toMatchObject({ status: 202 })
    const stored = await request(relay, `/admin/leads/${lead.id}/reveal`, {
      method: 'POST',
      headers: asAdmin,
    })
    expect(stored.text).toContain('"Имя второе"')
  },
)
