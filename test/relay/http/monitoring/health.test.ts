import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { hashConfiguration, registerRelay } from '../../../../src/relay/http/monitoring/relay-registry.ts'
import { advanceUntil } from '../../support/advance-time.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead } from '../../support/invented.ts'
import { openUsedDatabase } from '../../support/read-database.ts'
import { createRelayFixture, postLead, request, requestHealth } from '../../support/relay-fixture.ts'

const timeout = 120_000
const start = Date.parse('2026-11-22T09:00:00Z')
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

function optionsFor(lenders: ReturnType<typeof createFakeLenders>, clock = new TestClock(start)) {
  const destinations = [{ provider: 'lender', name: 'first', id: 'first' }]
  return {
    clock,
    fetch: lenders.fetch,
    providers: lenders.providers,
    forms: { main: { ...formEntry(), answerWithinSeconds: 1, destinations } },
  }
}

const strictStatus = async (relay: Relay): Promise<number> => (await request(relay, '/healthz?strict')).status

describe('the state of the relay', { timeout }, () => {
  it('is public, its details are for the operator', async () => {
    const relay = await fixture.start(await fixture.usedDatabase(), optionsFor(createFakeLenders()))
    const open = await request(relay, '/healthz')
    expect(open.status).toBe(200)
    expect(Object.keys(Object(open.body))).toEqual(['status', 'version'])
    for (const [authorization, status] of [
      ['Bearer wrong', 403],
      [`Basic ${adminToken}`, 401],
    ] as const)
      expect((await request(relay, '/healthz', { headers: { authorization } })).status).toBe(status)
    expect((await requestHealth(relay)).body).toMatchObject({
      status: 'ok',
      reasons: [],
      queue: { waiting: 0, failed: 0, uncertain: 0, refused: 0 },
      destinations: { main: { first: { waiting: 0 } } },
      configuration: expect.stringMatching(/^[\da-f]{24}$/),
      storage: {},
    })
  })

  it('tells of a lender that is down, and remembers it after a restart', async () => {
    const lenders = createFakeLenders()
    const options = optionsFor(lenders)
    const database = await fixture.usedDatabase()
    const relay = await fixture.start(database, options)
    await postLead(relay, inventLead())
    expect((await requestHealth(relay)).body).toMatchObject({
      destinations: { main: { first: { lastSuccess: expect.stringMatching(/^2026-11-22T09:00/) } } },
      storage: { lastStored: expect.stringMatching(/^2026-11-22T09:00/) },
    })
    lenders.answer('first/create', new Response('', { status: 503 }))
    await postLead(relay, inventLead())
    await expect.poll(async () => (await requestHealth(relay)).text).toContain('unavailable: status 503')
    expect(await strictStatus(relay)).toBe(200)

    const expected = {
      status: 'degraded',
      reasons: [
        expect.stringMatching(
          /^main\/first: the oldest of 1 waiting deliveries has been waiting for \d+ \w+: the provider/,
        ),
      ],
      destinations: {
        main: {
          first: {
            waiting: 1,
            lastSuccess: expect.stringMatching(/^2026-11-22T09:00/),
            lastFailure: { at: expect.any(String), reason: 'unavailable: status 503' },
          },
        },
      },
    }
    await advanceUntil(options.clock, 8 * 60_000, async () => {
      expect((await requestHealth(relay)).body).toMatchObject(expected)
      expect(await strictStatus(relay)).toBe(503)
    })
    expect((await request(relay, '/healthz')).status).toBe(200)
    await relay.close()
    const next = await fixture.start(database, options)
    expect((await requestHealth(next)).body).toMatchObject(expected)
  })

  it('is restored from the attempts if the process could not store it', async () => {
    const lenders = createFakeLenders()
    const options = optionsFor(lenders)
    const database = await fixture.usedDatabase()
    const relay = await fixture.start(database, options)
    await postLead(relay, inventLead())
    await relay.close()
    const opened = await openUsedDatabase(database, start)
    await opened.query('delete from anketa.destination_reports')
    await opened.close()
    const next = await fixture.start(database, options)
    expect((await requestHealth(next)).body).toMatchObject({
      destinations: { main: { first: { lastSuccess: expect.stringMatching(/^2026-11-22T09:00/) } } },
    })
  })

  it('is down while no lead can be stored, and ok again afterwards', async () => {
    const database = await fixture.usedDatabase()
    const opened = await openUsedDatabase(database, start)
    await opened.query('create sequence refusals')
    await opened.query(
      `create function refuse() returns trigger language plpgsql as $$ begin
         if nextval('refusals') <= 2 then raise exception 'full' using errcode = '53100'; end if;
         return new;
       end $$`,
    )
    await opened.query(
      'create trigger refuse before insert on anketa.leads for each row execute function refuse()',
    )
    await opened.close()
    const relay = await fixture.start(database, optionsFor(createFakeLenders()))
    expect((await postLead(relay, inventLead())).status).toBe(503)
    expect(await request(relay, '/healthz')).toMatchObject({ status: 503, body: { status: 'down' } })
    expect(await requestHealth(relay)).toMatchObject({
      status: 503,
      body: { storage: { lastFailure: { fault: expect.stringContaining('53100') } } },
    })
    await expect.poll(async () => (await request(relay, '/healthz')).status).toBe(200)
    const lead = await postLead(relay, inventLead())
    expect(lead.status).toBe(200)
  })

  it('tells of a proxy that is not configured', async () => {
    const relay = await fixture.start(await fixture.usedDatabase(), optionsFor(createFakeLenders()))
    const forwarded = new Request('https://relay.example.ru/forms/main', {
      headers: { 'x-forwarded-for': '203.0.113.5' },
    })
    await relay.fetch(forwarded, { address: '::ffff:127.0.0.1' })
    expect((await requestHealth(relay)).body).toMatchObject({
      status: 'degraded',
      reasons: [expect.stringContaining('"trustProxy" is 0')],
    })
  })
})

describe('the relays of a database', { timeout }, () => {
  it('know of each other, and of another configuration', async () => {
    const opened = await openUsedDatabase(await fixture.usedDatabase(), start)
    const shared = { ...opened, exclusive: false }
    const deps = { clock: new TestClock(start), log: () => {} }
    const one = await registerRelay(shared, () => 'aaa', deps)
    expect(await one.others()).toEqual([])
    const two = await registerRelay(shared, () => 'bbb', deps)
    expect(await one.others()).toMatchObject([{ id: two.id, configuration: 'bbb' }])
    expect(await two.others()).toMatchObject([{ id: one.id, configuration: 'aaa' }])
    await opened.query(`update anketa.relays set seen_at = now() - interval '1 minute' where id = $1`, [
      two.id,
    ])
    expect(await one.others()).toEqual([])
    await advanceUntil(deps.clock, 10_000, async () => expect(await one.others()).toHaveLength(1))
    await two.close()
    expect(await one.others()).toEqual([])
    await one.close()
    await opened.close()
  })

  it('may differ in what belongs to a machine, and in the order of keys', async () => {
    const forms = { main: { origins: ['https://landing.example.ru'], delivery: 'all' } }
    const hash = await hashConfiguration({ port: 1, forms }, { main: { id: 'main' } })
    const same = { host: '::', forms: { main: { delivery: 'all', origins: forms.main.origins } }, port: 2 }
    expect(await hashConfiguration(same, { main: { id: 'main' } })).toBe(hash)
    expect(await hashConfiguration({ forms: {} }, { main: { id: 'main' } })).not.toBe(hash)
    expect(await hashConfiguration({ forms }, { main: { id: 'main', title: 'x' } })).not.toBe(hash)
  })
})
