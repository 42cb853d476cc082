import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { isInShare } from '../../../../src/relay/leads/routing/rules.ts'
import { advanceToRest, advanceUntil } from '../../support/advance-time.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { readDatabase } from '../../support/read-database.ts'
import { createRelayFixture, postLead, requestHealth, requestOutcome } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 60_000
const hour = 3600 * 1000
const noon = Date.parse('2026-11-22T12:00:00+03:00')
const declined = { outcome: 'declined' }
const lender = (name: string, rules: object = {}) => ({ provider: 'lender', name, id: name, ...rules })

async function start(form: object, at = noon, database?: string) {
  const clock = new TestClock(at)
  const fakes = createFakeLenders()
  const folder = database ?? (await fixture.usedDatabase())
  const launch = () =>
    fixture.start(folder, {
      clock,
      fetch: fakes.fetch,
      providers: fakes.providers,
      forms: { main: { ...formEntry(), ...form } },
    })
  const relay = await launch()
  return { clock, fakes, relay, folder, launch }
}

const withAmount = (amount: number) => {
  const lead = inventLead()
  return { ...lead, values: { ...lead.values, amount } }
}

async function outcomeOf(relay: Relay, lead: ReturnType<typeof inventLead>): Promise<unknown> {
  const { body } = await requestOutcome(relay, lead)
  const { outcome }: { readonly outcome?: unknown } = Object(body)
  return outcome
}

/** Advances the clock by `ms` at a time, until a lead is accepted. */
async function advanceUntilAccepted(
  clock: TestClock,
  ms: number,
  relay: Relay,
  lead: ReturnType<typeof inventLead>,
): Promise<void> {
  await advanceUntil(clock, ms, async () => expect(await outcomeOf(relay, lead)).toBe('accepted'))
}

async function readRules(folder: string): Promise<readonly string[]> {
  const rows = await readDatabase<{ destination: string; rule: string }>(
    folder,
    `select c.destination, c.rule from anketa.routing_decisions c join anketa.leads l on l.id = c.lead
     order by l.number, c.number`,
  )
  return rows.map(({ destination, rule }) => `${destination} ${rule}`)
}

async function readStatuses(folder: string): Promise<readonly string[]> {
  const rows = await readDatabase<{ status: string }>(
    folder,
    'select status from anketa.leads order by number',
  )
  return rows.map(({ status }) => status)
}

describe('a condition', { timeout }, () => {
  it('passes over a destination, and a lead that none takes is stored', async () => {
    const { relay, fakes, folder } = await start({
      destinations: [
        lender('large', { when: { field: 'amount', atLeast: 50_000 } }),
        lender('medium', { when: { field: 'amount', atLeast: 20_000 } }),
      ],
    })
    expect(await postLead(relay, withAmount(60_000))).toMatchObject({ body: { outcome: 'accepted' } })
    expect(await postLead(relay, withAmount(30_000))).toMatchObject({ body: { outcome: 'accepted' } })
    expect(await postLead(relay, withAmount(10_000))).toMatchObject({
      status: 202,
      body: { outcome: 'queued' },
    })
    expect(fakes.called()).toEqual(['large/create', 'medium/create'])
    await relay.close()
    expect(await readStatuses(folder)).toEqual(['accepted', 'accepted', 'stored'])
    expect(await readRules(folder)).toEqual([
      'large chosen',
      'large when',
      'medium chosen',
      'large when',
      'medium when',
    ])
  })

  it('is applied to the values of a correction', async () => {
    const { relay, fakes } = await start({
      destinations: [lender('large', { when: { field: 'amount', atLeast: 50_000 } }), lender('any')],
    })
    fakes.answer('any/create', { outcome: 'invalid', issues: [{ field: 'amount', message: 'Мало' }] })
    const lead = withAmount(30_000)
    expect(await postLead(relay, lead)).toMatchObject({ status: 422 })
    const corrected = { ...lead, values: { ...lead.values, amount: 60_000 } }
    expect(await postLead(relay, corrected)).toMatchObject({ body: { outcome: 'accepted' } })
    expect(fakes.called()).toEqual(['any/create', 'large/create'])
  })

  it('leaves a refused destination the only one, which is tried again', async () => {
    const { relay, fakes, clock } = await start({
      destinations: [lender('any'), lender('large', { when: { field: 'amount', atLeast: 50_000 } })],
    })
    fakes.answer('any/create', { outcome: 'refused', reason: 'wrong token' })
    const lead = withAmount(30_000)
    expect(await postLead(relay, lead)).toMatchObject({ body: { outcome: 'queued' } })
    fakes.answer('any/create', { outcome: 'accepted' })
    await advanceUntilAccepted(clock, hour, relay, lead)
  })

  it('applies in "all" to each destination by itself', async () => {
    const { relay, fakes } = await start({
      delivery: 'all',
      destinations: [lender('large', { when: { field: 'amount', atLeast: 50_000 } }), lender('any')],
    })
    await postLead(relay, withAmount(30_000))
    expect(fakes.called()).toEqual(['any/create'])
  })
})

describe('a delivery that is given up outside of the hours', { timeout }, () => {
  it('gives way to the next destination, as it does within them', async () => {
    const { relay, fakes, clock } = await start({
      destinations: [lender('first', { hours: '09:00-21:00' }), lender('second')],
    })
    fakes.answer('first/create', new Response('', { status: 503 }))
    const lead = withAmount(30_000)
    expect(await postLead(relay, lead)).toMatchObject({ body: { outcome: 'queued' } })
    await advanceToRest(clock, 7 * 24 * hour + 10 * hour)
    await advanceUntilAccepted(clock, 1000, relay, lead)
    expect(fakes.called()).toEqual(['first/create', 'second/create'])
  })
})

describe('a share', { timeout }, () => {
  it('is about as large as it says, and the same at any time', () => {
    const ids = Array.from({ length: 4000 }, () => inventLead().id)
    const taken = ids.filter((id) => isInShare(id, 'first', 30))
    expect(taken.length / ids.length).toBeGreaterThan(0.26)
    expect(taken.length / ids.length).toBeLessThan(0.34)
    expect(ids.filter((id) => isInShare(id, 'first', 30))).toEqual(taken)
    // A larger share has all leads of a smaller one.
    expect(taken.every((id) => isInShare(id, 'first', 31))).toBe(true)
    expect(ids.some((id) => isInShare(id, 'first', 0))).toBe(false)
    expect(ids.every((id) => isInShare(id, 'first', 100))).toBe(true)
  })

  it('stays as it was decided when it is changed', async () => {
    const destinations = (share: number) => [lender('first', { share }), lender('second')]
    const { relay, fakes, folder, clock } = await start({ destinations: destinations(0) })
    fakes.answer('second/create', { outcome: 'invalid', issues: [{ field: 'phone', message: 'Проверьте' }] })
    const lead = inventLead()
    await postLead(relay, lead)
    await relay.close()
    const changed = await fixture.start(folder, {
      clock,
      fetch: fakes.fetch,
      providers: fakes.providers,
      forms: { main: { ...formEntry(), destinations: destinations(100) } },
    })
    fakes.answer('second/create', { outcome: 'accepted' })
    await postLead(changed, { ...lead, values: { ...lead.values, phone: '+79000000098' } })
    expect(fakes.called()).toEqual(['second/create', 'second/create'])
    await postLead(changed, inventLead())
    expect(fakes.called().at(-1)).toBe('first/create')
  })
})

describe('hours', { timeout }, () => {
  it('pass over a destination that is closed', async () => {
    const { relay, fakes } = await start({
      destinations: [lender('night', { hours: '21:00-06:00' }), lender('day', { hours: '06:00-21:00' })],
    })
    expect(await postLead(relay, inventLead())).toMatchObject({ body: { outcome: 'accepted' } })
    expect(fakes.called()).toEqual(['day/create'])
  })

  it('let a lead wait, over a restart, until a destination opens', async () => {
    const { relay, fakes, clock, launch, folder } = await start({
      destinations: [lender('night', { hours: '21:00-06:00' }), lender('evening', { hours: '20:00-22:00' })],
    })
    const lead = inventLead()
    const begun = performance.now()
    expect(await postLead(relay, lead)).toMatchObject({ status: 202, body: { outcome: 'queued' } })
    // Nobody waits for an answer that cannot come.
    expect(performance.now() - begun).toBeLessThan(4000)
    await advanceToRest(clock, 4 * hour)
    expect(await requestHealth(relay)).toMatchObject({ body: { status: 'ok' } })
    await relay.close()
    const next = await launch()
    await advanceToRest(clock, 3 * hour + 59 * 60_000)
    expect(fakes.called()).toEqual([])
    await advanceToRest(clock, 61_000)
    await advanceUntilAccepted(clock, 1000, next, lead)
    expect(fakes.called()).toEqual(['evening/create'])
    await next.close()
    expect(await readRules(folder)).toEqual(['night hours', 'evening hours', 'evening chosen'])
  })

  it('put off the retry of a delivery that has begun', async () => {
    const { relay, fakes, clock } = await start(
      { destinations: [lender('day', { hours: '09:00-21:00' }), lender('other')] },
      Date.parse('2026-11-22T20:59:00+03:00'),
    )
    fakes.answer('day/create', new Response('', { status: 503 }))
    const lead = inventLead()
    await postLead(relay, lead)
    fakes.answer('day/create', { outcome: 'accepted' })
    await advanceToRest(clock, 2 * hour)
    expect(fakes.called()).toEqual(['day/create'])
    await advanceToRest(clock, 10 * hour + 2 * 60_000)
    await advanceUntilAccepted(clock, 1000, relay, lead)
    expect(fakes.called()).toEqual(['day/create', 'day/create'])
  })

  it('give a lead up that has waited for a week', async () => {
    const { relay, fakes, clock } = await start(
      { destinations: [lender('first', { hours: '12:00-12:01', capPerDay: 1 })] },
      noon,
    )
    await postLead(relay, inventLead())
    for (let count = 0; count < 9; count += 1) await postLead(relay, inventLead())
    await advanceUntil(clock, 24 * hour, async () =>
      expect((await requestHealth(relay)).body).toMatchObject({
        queue: { waiting: 0, failed: expect.any(Number) },
      }),
    )
    const calls = fakes.called().length
    expect(calls).toBeGreaterThanOrEqual(7)
    expect(calls).toBeLessThanOrEqual(8)
  })
})

describe('a cap', { timeout }, () => {
  it('passes over a destination once it is reached, until the day in Moscow ends', async () => {
    const { relay, fakes, clock } = await start(
      { destinations: [lender('first', { capPerDay: 2 }), lender('second', { capPerDay: 1 })] },
      Date.parse('2026-11-22T23:00:00+03:00'),
    )
    const leads = Array.from({ length: 5 }, inventLead)
    for (const lead of leads) await postLead(relay, lead)
    expect(fakes.called()).toEqual(['first/create', 'first/create', 'second/create'])
    await advanceToRest(clock, hour - 2000)
    expect(fakes.called()).toHaveLength(3)
    await advanceToRest(clock, 2000)
    for (const lead of leads) await advanceUntilAccepted(clock, 1000, relay, lead)
    expect(fakes.called().slice(3)).toEqual(['first/create', 'first/create'])
  })

  it.each([
    ['declines', declined],
    ['has the lead already', { outcome: 'duplicate' }],
    ['refuses the credentials', { outcome: 'refused', reason: 'wrong token' }],
    ['rejects a field', { outcome: 'invalid', issues: [{ field: 'phone', message: 'Проверьте' }] }],
  ])('gets its place back from a destination that %s', async (_, answer) => {
    const { relay, fakes } = await start({
      destinations: [lender('first', { capPerDay: 1 }), lender('second')],
    })
    fakes.answer('first/create', answer)
    await postLead(relay, inventLead())
    fakes.answer('first/create', { outcome: 'accepted' })
    await postLead(relay, inventLead())
    await postLead(relay, inventLead())
    expect(fakes.called().filter((to) => to === 'first/create')).toHaveLength(2)
    expect(fakes.called().at(-1)).toBe('second/create')
  })

  it('keeps the place of a lead that may have arrived', async () => {
    const { relay, fakes } = await start({
      destinations: [lender('first', { capPerDay: 1 }), lender('second')],
    })
    fakes.answer('first/create', new Response('', { status: 500 }))
    await postLead(relay, inventLead())
    await postLead(relay, inventLead())
    expect(fakes.called()).toEqual(['first/create', 'second/create'])
  })

  it('has a waiting lead take a place that has become free on the same day', async () => {
    const { relay, fakes, clock } = await start({
      answerWithinSeconds: 0,
      destinations: [lender('first', { capPerDay: 1 })],
    })
    const reply = Promise.withResolvers<object>()
    fakes.answer('first/create', () => reply.promise)
    await postLead(relay, inventLead())
    await expect.poll(() => fakes.called().length).toBe(1)
    const waiting = inventLead()
    await postLead(relay, waiting)
    await advanceToRest(clock, 2000)
    expect(fakes.called()).toHaveLength(1)
    fakes.answer('first/create', { outcome: 'accepted' })
    reply.resolve(declined)
    await advanceUntilAccepted(clock, 1000, relay, waiting)
  })

  it('has a lead that waits for several destinations take the place of the one that has become free', async () => {
    const { relay, fakes, clock } = await start({
      delivery: 'all',
      answerWithinSeconds: 0,
      destinations: [lender('first', { capPerDay: 1 }), lender('second', { capPerDay: 1 })],
    })
    const reply = Promise.withResolvers<object>()
    fakes.answer('second/create', () => reply.promise)
    await postLead(relay, inventLead())
    await expect.poll(() => fakes.called().length).toBe(2)
    await postLead(relay, inventLead())
    await advanceToRest(clock, 2000)
    expect(fakes.called()).toHaveLength(2)
    reply.resolve(declined)
    fakes.answer('second/create', { outcome: 'accepted' })
    await advanceUntil(clock, 1000, () => fakes.called().length > 2)
    expect(fakes.called().slice(2)).toEqual(['second/create'])
  })
})
