import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { accepted, createFakeProvider, duplicate, invalid } from '../support/fake-provider.ts'
import { connectionRefused, connectionReset } from '../support/network-errors.ts'
import { advanceToRest, advanceUntil } from '../support/advance-time.ts'
import { inventLead } from '../support/invented.ts'
import { requestOutcome, createRelayFixture, postLead, requestHealth } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const minute = 60_000
const day = 24 * 60 * minute
const timeout = 60_000

it('delivers the first lead in an empty database', { timeout }, async () => {
  const provider = createFakeProvider()
  const relay = await fixture.start(await fixture.emptyDatabase(), { fetch: provider.fetch })
  const lead = inventLead()
  const answer = await postLead(relay, lead)
  expect(answer).toMatchObject({
    status: 200,
    body: { id: lead.id, outcome: 'accepted', providerId: '999999' },
  })
  expect(provider.bodies).toHaveLength(1)
  expect(JSON.parse(provider.bodies[0] ?? '')).toMatchObject({
    token: 'invented-token-0123456789abcdef00',
    data: { main: { phone: lead.values.phone, sopd_site: 'https://landing.example.ru/loan' } },
  })
})

describe('a lead that is posted more than once', { timeout }, () => {
  const provider = createFakeProvider()
  let relay: Relay
  beforeAll(async () => {
    relay = await fixture.start(await fixture.usedDatabase(), { fetch: provider.fetch })
  }, timeout)

  async function calls(work: () => Promise<unknown>): Promise<number> {
    const before = provider.bodies.length
    await work()
    return provider.bodies.length - before
  }

  it('is delivered once and gets the same answer', async () => {
    provider.answer(accepted(1))
    const lead = inventLead()
    const first = await postLead(relay, lead)
    provider.answer(accepted(2))
    expect(await calls(async () => expect((await postLead(relay, lead)).body).toEqual(first.body))).toBe(0)
  })

  it('is one lead when it arrives many times simultaneously', async () => {
    provider.answer(accepted(3))
    const lead = inventLead()
    const sent = await calls(async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => postLead(relay, lead)))
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    })
    expect(sent).toBe(1)
  })

  it('keeps its answer after it was accepted, whatever is posted later', async () => {
    provider.answer(accepted(4))
    const lead = inventLead()
    const first = await postLead(relay, lead)
    const changed = { ...lead, values: { ...lead.values, amount: 50_000 } }
    const wrong = { ...lead, values: { ...lead.values, phone: '12' } }
    expect(
      await calls(async () => {
        expect((await postLead(relay, changed)).body).toEqual(first.body)
        expect((await postLead(relay, wrong)).body).toEqual(first.body)
      }),
    ).toBe(0)
  })

  it('is refused with another key', async () => {
    const lead = inventLead()
    await postLead(relay, lead)
    const other = { ...lead, key: 'x'.repeat(22) }
    expect(await postLead(relay, other)).toMatchObject({ status: 409, body: { error: { code: 'key' } } })
    expect((await requestOutcome(relay, other)).status).toBe(409)
    expect(await requestOutcome(relay, lead)).toMatchObject({
      status: 200,
      body: { id: lead.id, outcome: 'accepted' },
    })
  })

  it('is delivered again with other values after the provider rejected the first ones', async () => {
    provider.answer(invalid('phone', 'Введите правильный номер телефона'))
    const lead = inventLead()
    const issues = [{ field: 'phone', message: 'Введите правильный номер телефона' }]
    expect(await postLead(relay, lead)).toMatchObject({ status: 422, body: { outcome: 'invalid', issues } })
    expect(await calls(async () => expect((await postLead(relay, lead)).status).toBe(422))).toBe(0)

    provider.answer(accepted(5))
    const corrected = { ...lead, values: { ...lead.values, phone: '+79000000099' } }
    expect(await postLead(relay, corrected)).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', providerId: '5' },
    })
    expect(provider.bodies.at(-1)).toContain('+79000000099')
  })

  it('stays a duplicate until its values change', async () => {
    provider.answer(duplicate())
    const lead = inventLead()
    expect(await postLead(relay, lead)).toMatchObject({ status: 200, body: { outcome: 'duplicate' } })
    expect(await calls(() => postLead(relay, lead))).toBe(0)
    provider.answer(accepted(6))
    expect(await calls(() => postLead(relay, { ...lead, values: { ...lead.values, amount: 40_000 } }))).toBe(
      1,
    )
  })

  it('is delivered again with other consents after a duplicate, but not after it was accepted', async () => {
    provider.answer(duplicate())
    const lead = inventLead()
    await postLead(relay, lead)
    const transfer = { ...lead.consents[0], id: 'transfer' }
    const more = { ...lead, consents: [...lead.consents, transfer] }
    provider.answer(accepted(11))
    expect(await calls(() => postLead(relay, more))).toBe(1)
    expect(await calls(() => postLead(relay, lead))).toBe(0)
  })

  it('accepts other values while the provider cannot be reached, and delivers only those', async () => {
    provider.answer(connectionRefused)
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(202)
    provider.answer(accepted(7))
    const changed = { ...lead, values: { ...lead.values, amount: 77_000 } }
    expect(await postLead(relay, changed)).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    expect(JSON.parse(provider.bodies.at(-1) ?? '')).toMatchObject({ data: { main: { amount: 77_000 } } })
  })

  it('accepts no other values after the first ones may have arrived', async () => {
    provider.answer(connectionReset)
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(202)
    const changed = { ...lead, values: { ...lead.values, amount: 78_000 } }
    expect(await calls(async () => expect((await postLead(relay, changed)).status).toBe(202))).toBe(0)
  })
})

describe('a provider that is down', { timeout }, () => {
  const start = Date.parse('2026-11-22T09:00:00Z')

  // Some 600 steps of the clock take longer than the other tests.
  it(
    'is retried with growing pauses for a day, across a restart, until it accepts',
    { timeout: 3 * timeout },
    async () => {
      const clock = new TestClock(start)
      const provider = createFakeProvider()
      const times: number[] = []
      provider.answer(() => {
        times.push(clock.now())
        return new Response('', { status: 502 })
      })
      const folder = await fixture.usedDatabase()
      let relay = await fixture.start(folder, { clock, fetch: provider.fetch })
      const lead = inventLead()
      expect((await postLead(relay, lead)).status).toBe(202)
      expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'queued' })
      while (clock.now() < start + 2 * minute) await advanceToRest(clock, 2000)
      const passUntil = async (end: number): Promise<void> => {
        let step = 2.5 * minute
        while (clock.now() < end) {
          const attempts = times.length
          await advanceToRest(clock, step)
          // After an attempt nothing is due for half of the longest pause.
          step = times.length > attempts ? 7 * minute : 2.5 * minute
        }
      }
      await passUntil(start + day / 2)
      await relay.close()
      relay = await fixture.start(folder, { clock, fetch: provider.fetch })
      await passUntil(start + day)

      expect(times.length).toBeGreaterThanOrEqual(50)
      const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0))
      expect(pauses[0]).toBeGreaterThanOrEqual(5000)
      expect(pauses[0]).toBeLessThanOrEqual(14_000)
      expect(pauses[1]).toBeGreaterThanOrEqual(10_000)
      expect(Math.max(...pauses)).toBeLessThanOrEqual(18 * minute)
      expect((await requestHealth(relay)).body).toMatchObject({
        status: 'degraded',
        queue: { waiting: 1, failed: 0 },
      })

      provider.answer(accepted(8))
      await advanceUntil(clock, 2.5 * minute, async () =>
        expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' }),
      )
      expect(await postLead(relay, lead)).toMatchObject({
        status: 200,
        body: { outcome: 'accepted', providerId: '8' },
      })
    },
  )

  it('is given up after seven days; health reports it, and nothing is deleted', async () => {
    const clock = new TestClock(start)
    const provider = createFakeProvider()
    provider.answer(connectionRefused)
    const relay = await fixture.start(await fixture.usedDatabase(), { clock, fetch: provider.fetch })
    const lead = inventLead()
    await postLead(relay, lead)
    while (clock.now() < start + 6.4 * day) await advanceToRest(clock, 12 * 60 * minute)
    expect((await requestHealth(relay)).body).toMatchObject({ queue: { waiting: 1, failed: 0 } })
    await advanceUntil(clock, day, async () =>
      expect(await requestHealth(relay)).toMatchObject({
        status: 200,
        body: { status: 'degraded', queue: { waiting: 0, failed: 1 } },
      }),
    )
    const calls = provider.bodies.length
    await advanceToRest(clock, day)
    expect(provider.bodies).toHaveLength(calls)
    expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'queued' })
    // The lead can still be corrected and sent again, because it never arrived.
    provider.answer(accepted(9))
    expect((await postLead(relay, { ...lead, values: { ...lead.values, amount: 20_000 } })).status).toBe(200)
  })

  it('that answers "duplicate" to a repeated request has accepted the lead', async () => {
    const clock = new TestClock(start)
    const provider = createFakeProvider()
    provider.answer(connectionReset)
    const relay = await fixture.start(await fixture.usedDatabase(), { clock, fetch: provider.fetch })
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(202)
    provider.answer(duplicate())
    await advanceUntil(clock, minute, async () =>
      expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' }),
    )
    expect(provider.bodies).toHaveLength(2)
  })

  it('that could not be reached and then answers "duplicate" has the lead from elsewhere', async () => {
    const clock = new TestClock(start)
    const provider = createFakeProvider()
    provider.answer(connectionRefused)
    const relay = await fixture.start(await fixture.usedDatabase(), { clock, fetch: provider.fetch })
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(202)
    provider.answer(duplicate())
    await advanceUntil(clock, minute, async () =>
      expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'duplicate' }),
    )
  })

  it('gets running deliveries immediately after a restart of the relay', async () => {
    const provider = createFakeProvider()
    const folder = await fixture.usedDatabase()
    const forever = Promise.withResolvers<Response>()
    provider.answer(() => forever.promise)
    const first = await fixture.start(folder, { fetch: provider.fetch })
    const lead = inventLead()
    const answer = postLead(first, lead)
    await expect.poll(() => provider.bodies.length).toBe(1)
    await first.close({ graceMs: 50 })
    expect((await answer).status).toBe(202)
    forever.resolve(accepted(10))

    provider.answer(duplicate())
    const second = await fixture.start(folder, { fetch: provider.fetch })
    await expect
      .poll(async () => (await requestOutcome(second, lead)).body)
      .toEqual({ id: lead.id, outcome: 'accepted' })
    expect(provider.bodies).toHaveLength(2)
  })
})
