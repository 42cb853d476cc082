import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRelay } from '../../../src/relay/create-relay.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { withClient } from '../../support/postgres/databases.ts'
import { type PostgresServer, startPostgresServer } from '../../support/postgres/server.ts'
import { startSwallowingProxy } from '../../support/postgres/swallowing-proxy.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, type InventedLead, inventLead, wideLimits } from '../support/invented.ts'
import { postLead, request, requestOutcome } from '../support/relay-fixture.ts'

const timeout = 120_000
/** Posts are refused within this time, on a busy machine. */
const refusedWithinMs = 9000

let server: PostgresServer
let proxy: Awaited<ReturnType<typeof startSwallowingProxy>>
let relay: Relay
let log: string[]
let fakes: ReturnType<typeof createFakeLenders>
const unhandled: unknown[] = []
const onUnhandled = (error: unknown) => void unhandled.push(error)

beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled)
  process.on('uncaughtException', onUnhandled)
  server = await startPostgresServer()
  proxy = await startSwallowingProxy(server.port)
}, timeout)
afterAll(async () => {
  await proxy.end()
  await server.end()
  process.off('unhandledRejection', onUnhandled)
  process.off('uncaughtException', onUnhandled)
})

beforeEach(async () => {
  log = []
  fakes = createFakeLenders({ retry: 'safe' })
  relay = await createRelay(
    {
      database: server.url('postgres').replace(String(server.port), String(proxy.port)),
      limits: wideLimits,
      forms: { main: { ...formEntry(), destinations: [{ provider: 'lender', name: 'first' }] } },
    },
    {
      env: {},
      fetch: fakes.fetch,
      providers: fakes.providers,
      log: (level, text, facts) => log.push(`${level} ${text} ${JSON.stringify(facts)}`),
    },
  )
}, timeout)
afterEach(() => relay.close({ graceMs: 100 }))

async function timedPost(lead: InventedLead) {
  const started = performance.now()
  const { status } = await postLead(relay, lead)
  return { status, ms: performance.now() - started }
}

/** Posts until the relay takes a lead, as the widget does; fails after ten seconds. */
async function postUntilStored(lead: InventedLead): Promise<void> {
  await expect
    .poll(async () => (await postLead(relay, lead)).status, { timeout: 20_000, interval: 200 })
    .toBeLessThan(300)
}

const countLog = (text: string) => log.filter((line) => line.includes(text)).length

async function expectLossToBeLoggedOnce(): Promise<void> {
  await expect.poll(() => countLog('The database answers again'), { timeout: 15_000 }).toBe(1)
  expect(countLog('The database cannot be reached')).toBe(1)
  expect(countLog('The queue failed')).toBe(0)
  expect(unhandled).toEqual([])
}

describe('a relay whose database', { timeout }, () => {
  it.each(['fast', 'immediate'] as const)('is stopped (%s) and started goes on', async (mode) => {
    const before = inventLead()
    fakes.answer('first/create', new Response('', { status: 503 }))
    expect((await postLead(relay, before)).status).toBe(202)
    await server.stop(mode)
    for (let count = 0; count < 5; count += 1) {
      const { status, ms } = await timedPost(inventLead())
      expect(status).toBe(503)
      expect(ms).toBeLessThan(refusedWithinMs)
    }
    expect(await request(relay, '/healthz')).toMatchObject({ status: 503, body: { status: 'down' } })
    await pause(2500)
    fakes.answer('first/create', { outcome: 'accepted' })
    await server.start()
    const after = inventLead()
    await postUntilStored(after)
    // Nothing is lost, and nothing needs a restart: the lead from before is delivered, too.
    for (const lead of [before, after])
      await expect
        .poll(async () => (await requestOutcome(relay, lead)).body, { timeout: 40_000 })
        .toEqual({ id: lead.id, outcome: 'accepted' })
    await expectLossToBeLoggedOnce()
  })

  it('ends its connections goes on with others', async () => {
    const stored: InventedLead[] = []
    for (let round = 0; round < 8; round += 1) {
      const leads = Array.from({ length: 6 }, inventLead)
      const posts = leads.map(timedPost)
      await pause(round * 3)
      await withClient(server.url('postgres'), (client) =>
        client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'anketa-relay'`,
        ),
      )
      for (const [index, post] of posts.entries()) {
        const { status, ms } = await post
        expect([200, 202, 503]).toContain(status)
        expect(ms).toBeLessThan(refusedWithinMs)
        const lead = leads[index]
        if (status !== 503 && lead) stored.push(lead)
      }
    }
    expect(stored.length).toBeGreaterThan(0)
    for (const lead of stored)
      await expect
        .poll(async () => (await requestOutcome(relay, lead)).body, { timeout: 60_000 })
        .toEqual({ id: lead.id, outcome: 'accepted' })
    console.log(`${stored.length} of 48 leads were taken while connections were ended, and all arrived`)
    expect(unhandled).toEqual([])
  })

  it('is cut off without a sign refuses leads within seconds and goes on', async () => {
    expect((await postLead(relay, inventLead())).status).toBe(200)
    proxy.swallow(true)
    // All of them meet connections that seem to be open.
    const posts = await Promise.all(Array.from({ length: 12 }, () => timedPost(inventLead())))
    expect(posts.map(({ status }) => status)).toEqual(posts.map(() => 503))
    for (const { ms } of posts) expect(ms).toBeLessThan(refusedWithinMs)
    const { status, ms } = await timedPost(inventLead())
    expect(status).toBe(503)
    expect(ms).toBeLessThan(refusedWithinMs)
    proxy.swallow(false)
    const lead = inventLead()
    await postUntilStored(lead)
    await expect
      .poll(async () => (await requestOutcome(relay, lead)).body, { timeout: 40_000 })
      .toEqual({ id: lead.id, outcome: 'accepted' })
    await expectLossToBeLoggedOnce()
  })

  it('is cut off without a sign can be stopped', async () => {
    proxy.swallow(true)
    const started = performance.now()
    await relay.close({ graceMs: 100 })
    // Containers are killed after ten seconds.
    expect(performance.now() - started).toBeLessThan(10_000)
    proxy.swallow(false)
  })
})
