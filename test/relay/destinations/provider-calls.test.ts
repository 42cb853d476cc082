import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Server } from 'node:net'
import { number, object, parse } from 'valibot'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, request } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
const servers: Server[] = []
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(async () => {
  await fixture.end()
  for (const server of servers) server.close()
})

afterEach(() => {
  vi.unstubAllEnvs()
})

async function listen(server: Server): Promise<number> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return parse(object({ port: number() }), server.address()).port
}

const read = (name: string) =>
  readFileSync(new URL(`../../fixtures/mail-server/${name}.pem`, import.meta.url), 'utf8')

/** A relay with Node's own `fetch`, whose form "main" goes to a CRM at this address, and the outcomes in its log. */
async function startRelay(baseUrl: string, otherUrl = baseUrl) {
  const outcomes: unknown[] = []
  const entry = (address: string) => ({
    ...formEntry(),
    answerWithinSeconds: 1,
    destinations: [{ provider: 'fivecrm', method: 'contact', publicToken: 'invented', baseUrl: address }],
  })
  const relay = await fixture.start(await fixture.usedDatabase(), {
    env: {},
    fetch: globalThis.fetch,
    log: (_level, _text, facts) => {
      const { outcome } = { outcome: undefined, ...facts }
      if (outcome !== undefined) outcomes.push(outcome)
    },
    forms: { main: entry(baseUrl), other: entry(otherUrl) },
  })
  return { relay, outcomes }
}

it('sends again what a server with another certificate never got', { timeout: 60_000 }, async () => {
  let requests = 0
  const port = await listen(
    createHttpsServer({ key: read('key'), cert: read('cert') }, (_, response) => {
      requests += 1
      response.end('{"ans":"true"}')
    }),
  )
  const { relay, outcomes } = await startRelay(`https://127.0.0.1:${port}`)
  expect(await postLead(relay, inventLead())).toMatchObject({ body: { outcome: 'queued' } })
  await expect.poll(() => outcomes[0], { timeout: 20_000 }).toBe('unavailable')
  expect(requests).toBe(0)
  await relay.close()
})

it('goes on when a server changes the protocol or spends its connections', { timeout: 60_000 }, async () => {
  const port = await listen(
    createHttpServer(({ socket }) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n')
    }),
  )
  const used = new WeakSet<object>()
  const other = await listen(
    createHttpServer(({ socket }, response) => {
      if (used.has(socket)) return socket.resetAndDestroy()
      used.add(socket)
      return response.setHeader('connection', 'keep-alive').end('{"ans":"true"}')
    }),
  )
  const { relay, outcomes } = await startRelay(`http://127.0.0.1:${port}`, `http://127.0.0.1:${other}`)
  // More than the calls that a relay makes at the same time.
  const leads = Array.from({ length: 10 }, () => postLead(relay, inventLead()))
  for (const answer of await Promise.all(leads)) expect(answer).toMatchObject({ body: { outcome: 'queued' } })
  await expect.poll(() => outcomes, { timeout: 20_000 }).toEqual(Array.from(leads, () => 'uncertain'))
  for (let lead = 0; lead < 3; lead += 1) {
    const headers = { 'content-type': 'application/json' }
    const post = { method: 'POST', headers, body: JSON.stringify(inventLead()) }
    expect(await request(relay, '/forms/other/leads', post)).toMatchObject({ body: { outcome: 'accepted' } })
  }
  await relay.close()
})

it.each([
  ['', 'anketa-relay/'],
  ['0', 'anketa-relay/'],
  // Node's own fetch, which knows the proxy.
  ['1', 'node'],
])('calls as NODE_USE_ENV_PROXY=%s wants', { timeout: 60_000 }, async (choice, agent) => {
  vi.stubEnv('NODE_USE_ENV_PROXY', choice)
  const agents: unknown[] = []
  const port = await listen(
    createHttpServer(({ headers }, response) => {
      agents.push(headers['user-agent'])
      response.end('{"ans":"true"}')
    }),
  )
  const { relay } = await startRelay(`http://127.0.0.1:${port}`)
  await postLead(relay, inventLead())
  await expect.poll(() => agents, { timeout: 20_000 }).toEqual([expect.stringContaining(agent)])
  await relay.close()
})
