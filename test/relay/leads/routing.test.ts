import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { connectionRefused, connectionReset } from '../support/network-errors.ts'
import { requestOutcome, createRelayFixture, postLead, requestHealth } from '../support/relay-fixture.ts'
import { advanceToRest, advanceUntil } from '../support/advance-time.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 60_000
const minute = 60_000
const day = 24 * 60 * minute
const declined = { outcome: 'declined' } as const
const duplicate = { outcome: 'duplicate' } as const
const refused = { outcome: 'refused', reason: 'wrong token' } as const
const accepted = { outcome: 'accepted', providerId: '7' } as const
const wrongPhone = { outcome: 'invalid', issues: [{ field: 'phone', message: 'Проверьте номер' }] } as const

const lenders = (...names: readonly string[]) => names.map((name) => ({ provider: 'lender', name }))

async function start(
  fakes: ReturnType<typeof createFakeLenders>,
  form: object,
  options: { readonly folder?: string; readonly clock?: TestClock } = {},
): Promise<Relay> {
  const { folder = await fixture.usedDatabase(), ...relayOptions } = options
  return fixture.start(folder, {
    fetch: fakes.fetch,
    providers: fakes.providers,
    forms: { main: { ...formEntry(), ...form } },
    ...relayOptions,
  })
}

describe('first-accepted', { timeout }, () => {
  const fakes = createFakeLenders()
  let relay: Relay
  beforeAll(async () => {
    relay = await start(fakes, { destinations: lenders('first', 'second', 'third') })
  }, timeout)

  /** Posts a lead and returns the answer and the calls that were made. */
  async function send(lead = inventLead()) {
    const before = fakes.calls.length
    const { status, body } = await postLead(relay, lead)
    return { status, body, called: fakes.called().slice(before) }
  }

  it('stops at the first destination that accepts', async () => {
    fakes.answer('first/create', accepted)
    expect(await send()).toMatchObject({
      body: { outcome: 'accepted', providerId: '7' },
      called: ['first/create'],
    })
  })

  it.each([
    ['declines', declined],
    ['has the lead already', duplicate],
    ['refuses the credentials', refused],
  ])('asks the next destination if one %s', async (_, answer) => {
    fakes.answer('first/create', answer)
    fakes.answer('second/create', accepted)
    expect(await send()).toMatchObject({
      status: 200,
      body: { outcome: 'accepted' },
      called: ['first/create', 'second/create'],
    })
  })

  it.each([
    ['a field error', wrongPhone, 422, 'invalid'],
    ['a code', { outcome: 'verification', applicationId: '5' }, 200, 'verification'],
    ['a missing answer to a call that must not be repeated', connectionReset, 202, 'queued'],
  ])('stops at %s', async (_, answer, status, outcome) => {
    fakes.answer('first/create', declined)
    fakes.answer('second/create', answer)
    const lead = inventLead()
    expect(await send(lead)).toMatchObject({
      status,
      body: { outcome },
      called: ['first/create', 'second/create'],
    })
    expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome })
  })

  it('answers with the best outcome if no destination accepts', async () => {
    fakes.answer('first/create', declined)
    fakes.answer('second/create', duplicate)
    fakes.answer('third/create', declined)
    const lead = inventLead()
    expect(await send(lead)).toMatchObject({ status: 200, body: { outcome: 'duplicate' } })
    expect((await send(lead)).called).toEqual([])
  })

  it('sends corrected values to the destination that asked for them, and starts over after all have declined', async () => {
    fakes.answer('first/create', declined)
    fakes.answer('second/create', wrongPhone)
    fakes.answer('third/create', declined)
    const lead = inventLead()
    expect((await send(lead)).status).toBe(422)
    fakes.answer('second/create', declined)
    const corrected = { ...lead, values: { ...lead.values, phone: '+79000000098' } }
    expect(await send(corrected)).toMatchObject({
      body: { outcome: 'declined' },
      called: ['second/create', 'third/create'],
    })
    fakes.answer('first/create', accepted)
    const other = { ...lead, values: { ...lead.values, amount: 9000 } }
    expect(await send(other)).toMatchObject({ body: { outcome: 'accepted' }, called: ['first/create'] })
    expect((await send({ ...lead, values: { ...lead.values, amount: 8000 } })).called).toEqual([])
  })

  it('asks no other destination after a call that may have arrived, and reports it to the operator', async () => {
    fakes.answer('first/create', connectionReset)
    const lead = inventLead()
    const before = (await requestHealth(relay)).body
    expect(await send(lead)).toMatchObject({ status: 202, called: ['first/create'] })
    const changed = { ...lead, values: { ...lead.values, amount: 7000 } }
    expect(await send(changed)).toMatchObject({ body: { outcome: 'queued' }, called: [] })
    const count = uncertainOf(before) + 1
    expect((await requestHealth(relay)).body).toMatchObject({
      status: 'degraded',
      queue: { waiting: 0, uncertain: count },
    })
  })
})

it('resumes the deliveries of a stopped relay immediately after a restart', { timeout }, async () => {
  const fakes = createFakeLenders({ retry: 'safe' })
  const never = Promise.withResolvers<object>()
  fakes.answer('first/create', () => never.promise)
  const folder = await fixture.usedDatabase()
  const form = { destinations: lenders('first'), answerWithinSeconds: 0 }
  const before = await start(fakes, form, { folder })
  const leads = Array.from({ length: 6 }, inventLead)
  for (const lead of leads) await postLead(before, lead)
  await expect.poll(() => fakes.calls.length).toBe(4)
  await before.close({ graceMs: 10 })
  fakes.answer('first/create', accepted)
  const after = await start(fakes, form, { folder })
  for (const lead of leads) {
    await expect
      .poll(async () => (await requestOutcome(after, lead)).body)
      .toMatchObject({ outcome: 'accepted' })
  }
})

describe('a destination of first-accepted that refuses what is configured', { timeout }, () => {
  it('is tried again where no other one takes the lead, so that a correction delivers it', async () => {
    const clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
    const fakes = createFakeLenders({}, () => clock.now())
    const relay = await start(fakes, { destinations: lenders('first', 'second', 'third') }, { clock })
    fakes.answer('first/create', refused)
    fakes.answer('second/create', duplicate)
    fakes.answer('third/create', declined)
    const lead = inventLead()
    expect(await postLead(relay, lead)).toMatchObject({ status: 202, body: { outcome: 'queued' } })
    await advanceUntil(clock, minute, () => fakes.calls.length > 3)
    expect(fakes.called()).toEqual(['first/create', 'second/create', 'third/create', 'first/create'])
    expect((await requestHealth(relay)).body).toMatchObject({ queue: { waiting: 1, refused: 1 } })
    fakes.answer('first/create', accepted)
    await advanceUntil(clock, 20 * minute, async () =>
      expect((await requestOutcome(relay, lead)).body).toMatchObject({ outcome: 'accepted' }),
    )
    expect(fakes.calls).toHaveLength(5)
  })

  it('takes turns with another one that refuses, and both are given up after a week', async () => {
    const clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
    const fakes = createFakeLenders({}, () => clock.now())
    const relay = await start(fakes, { destinations: lenders('first', 'second', 'third') }, { clock })
    for (const name of ['first', 'second', 'third']) fakes.answer(`${name}/create`, refused)
    const lead = inventLead()
    await postLead(relay, lead)
    await advanceUntil(clock, minute, () => fakes.calls.length >= 6)
    expect(fakes.called().slice(3, 6)).toEqual(['first/create', 'second/create', 'third/create'])
    await advanceUntil(clock, 8 * day, async () =>
      expect((await requestHealth(relay)).body).toMatchObject({ queue: { waiting: 0 } }),
    )
    const calls = fakes.calls.length
    await advanceToRest(clock, day)
    expect(fakes.calls).toHaveLength(calls)
    expect((await requestHealth(relay)).body).toMatchObject({ queue: { waiting: 0 } })
    const other = { ...lead, values: { ...lead.values, amount: 9000 } }
    for (const name of ['first', 'second', 'third']) fakes.answer(`${name}/create`, accepted)
    expect((await postLead(relay, other)).body).toMatchObject({ outcome: 'accepted' })
  })

  it('gets the new values of a correction that the next one asked for', async () => {
    const clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
    const fakes = createFakeLenders({}, () => clock.now())
    const relay = await start(fakes, { destinations: lenders('first', 'second') }, { clock })
    fakes.answer('first/create', refused)
    fakes.answer('second/create', wrongPhone)
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(422)
    fakes.answer('first/create', accepted)
    fakes.answer('second/create', declined)
    const corrected = { ...lead, values: { ...lead.values, phone: '+79000000096' } }
    expect((await postLead(relay, corrected)).body).toMatchObject({ outcome: 'accepted' })
    expect(fakes.called()).toEqual(['first/create', 'second/create', 'second/create', 'first/create'])
    expect(fakes.calls.at(-1)?.body).toMatchObject({ phone: '+79000000096' })
  })
})

describe('a destination of first-accepted that is down', { timeout }, () => {
  it('is waited for, and passed over after a week', async () => {
    const clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
    const fakes = createFakeLenders()
    fakes.answer('first/create', connectionRefused)
    const relay = await start(fakes, { destinations: lenders('first', 'second') }, { clock })
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(202)
    for (let step = 0; step < 12; step += 1) await advanceToRest(clock, day / 2)
    expect(new Set(fakes.called())).toEqual(new Set(['first/create']))
    await advanceUntil(clock, day / 2, async () =>
      expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' }),
    )
    expect(fakes.called().at(-1)).toBe('second/create')
    expect((await requestHealth(relay)).body).toMatchObject({
      status: 'ok',
      queue: { waiting: 0, failed: 0 },
    })
  })

  it('is replaced by the next one when it is removed from the configuration', async () => {
    const fakes = createFakeLenders()
    fakes.answer('first/create', connectionRefused)
    const folder = await fixture.usedDatabase()
    const before = await start(fakes, { destinations: lenders('first', 'second') }, { folder })
    const lead = inventLead()
    expect((await postLead(before, lead)).status).toBe(202)
    await before.close()
    const after = await start(fakes, { destinations: lenders('second', 'third') }, { folder })
    await expect
      .poll(async () => (await requestOutcome(after, lead)).body)
      .toMatchObject({ outcome: 'accepted' })
    expect(fakes.called().slice(-1)).toEqual(['second/create'])
    // When it is configured again, it does not get this lead.
    await after.close()
    const later = await start(fakes, { destinations: lenders('first', 'second') }, { folder })
    expect((await postLead(later, lead)).body).toMatchObject({ outcome: 'accepted' })
    expect(fakes.called().filter((to) => to === 'first/create')).toHaveLength(1)
  })

  it('is waited for if there is no other, and the log says so', async () => {
    const fakes = createFakeLenders()
    fakes.answer('first/create', connectionRefused)
    const folder = await fixture.usedDatabase()
    const clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
    const before = await start(fakes, { destinations: lenders('first') }, { folder, clock })
    const lead = inventLead()
    await postLead(before, lead)
    await before.close()
    const log: string[] = []
    const after = await fixture.start(folder, {
      clock,
      fetch: fakes.fetch,
      providers: fakes.providers,
      log: (...line) => log.push(JSON.stringify(line)),
      forms: { other: { ...formEntry(), destinations: lenders('second') } },
    })
    await advanceUntil(clock, minute, () =>
      expect(log.join()).toMatch(/form main has no destination lender-[0-9a-f]+ at this time/),
    )
    expect((await requestHealth(after)).body).toMatchObject({ queue: { waiting: 1 } })
    await after.close()
    fakes.answer('first/create', accepted)
    const back = await start(fakes, { destinations: lenders('second', 'first') }, { folder, clock })
    await advanceUntil(clock, minute, async () =>
      expect((await requestOutcome(back, lead)).body).toMatchObject({ outcome: 'accepted' }),
    )
    expect(fakes.called()).not.toContain('second/create')
  })
})

describe('all', { timeout }, () => {
  const fakes = createFakeLenders()
  let relay: Relay
  beforeAll(async () => {
    relay = await start(fakes, { delivery: 'all', destinations: lenders('first', 'second') })
  }, timeout)

  it.each([
    [declined, accepted, 'accepted'],
    [wrongPhone, accepted, 'accepted'],
    [wrongPhone, { outcome: 'verification' }, 'verification'],
    [wrongPhone, declined, 'invalid'],
    [declined, connectionReset, 'queued'],
    [duplicate, declined, 'duplicate'],
    [declined, declined, 'declined'],
  ])('answers with the best outcome: %s and %s give "%s"', async (first, second, outcome) => {
    fakes.answer('first/create', first)
    fakes.answer('second/create', second)
    const before = fakes.calls.length
    expect((await postLead(relay, inventLead())).body).toMatchObject({ outcome })
    // An accepted lead is answered before the other destination has been called.
    await expect
      .poll(() => fakes.called().slice(before).toSorted())
      .toEqual(['first/create', 'second/create'])
  })

  it('answers as soon as one destination has accepted', async () => {
    const never = Promise.withResolvers<object>()
    fakes.answer('first/create', () => never.promise)
    fakes.answer('second/create', accepted)
    const lead = inventLead()
    expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'accepted', providerId: '7' })
    expect((await requestHealth(relay)).body).toMatchObject({ queue: { waiting: 1 } })
    never.resolve(declined)
    await expect.poll(async () => (await requestHealth(relay)).body).toMatchObject({ queue: { waiting: 0 } })
    expect((await requestOutcome(relay, lead)).body).toMatchObject({ outcome: 'accepted' })
  })

  it('does not let a destination that hangs delay the others', async () => {
    const never = Promise.withResolvers<object>()
    fakes.answer('first/create', () => never.promise)
    fakes.answer('second/create', accepted)
    const leads = Array.from({ length: 10 }, inventLead)
    const answers = await Promise.all(leads.map((lead) => postLead(relay, lead)))
    expect(answers.map(({ body }) => body)).toMatchObject(
      leads.map(({ id }) => ({ id, outcome: 'accepted', providerId: '7' })),
    )
    never.resolve(declined)
    fakes.answer('first/create', declined)
    await expect.poll(async () => (await requestHealth(relay)).body).toMatchObject({ queue: { waiting: 0 } })
  })

  it('sends corrected values only to destinations that have not accepted', async () => {
    fakes.answer('first/create', connectionRefused)
    fakes.answer('second/create', wrongPhone)
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(422)
    fakes.answer('first/create', accepted)
    await expect
      .poll(async () => (await requestOutcome(relay, lead)).body)
      .toMatchObject({ outcome: 'accepted' })
    const before = fakes.calls.length
    fakes.answer('second/create', { outcome: 'accepted', providerId: '8' })
    const corrected = { ...lead, values: { ...lead.values, phone: '+79000000097' } }
    expect(await postLead(relay, corrected)).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', providerId: '7' },
    })
    await expect.poll(() => fakes.called().slice(before)).toEqual(['second/create'])
    expect(fakes.calls.at(-1)?.body).toMatchObject({ phone: '+79000000097' })
    // Both have accepted: the answer stays, whatever is posted.
    await expect
      .poll(
        async () => (await postLead(relay, { ...corrected, values: { ...lead.values, amount: 6000 } })).body,
      )
      .toMatchObject({ outcome: 'accepted', providerId: '7' })
    const wrong = { ...lead, values: { ...lead.values, phone: '12' } }
    expect(await postLead(relay, wrong)).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    expect(fakes.calls).toHaveLength(before + 1)
  })

  it('reports the counts of every destination without configured values', async () => {
    fakes.answer('first/create', refused)
    fakes.answer('second/create', connectionReset)
    await postLead(relay, inventLead())
    const { body, text } = await requestHealth(relay)
    expect(body).toMatchObject({ status: 'degraded', queue: { waiting: 1, refused: 1 } })
    const { destinations } = JSON.parse(text)
    const rows: readonly { readonly waiting: number }[] = Object.values(destinations.main)
    expect(rows.map(({ waiting }) => waiting)).toEqual(expect.arrayContaining([0, 1]))
    expect(Object.keys(destinations.main).join()).toMatch(/^lender-[0-9a-f]{8},lender-[0-9a-f]{8}$/)
    expect(text).not.toMatch(/first|second|"name"/)
  })
})

function uncertainOf(health: unknown): number {
  const { queue }: { readonly queue?: { readonly uncertain?: number } } = Object(health)
  return queue?.uncertain ?? 0
}
