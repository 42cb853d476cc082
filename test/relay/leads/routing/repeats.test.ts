import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashKey } from '../../../../src/relay/runtime/hash.ts'
import { advanceToRest, advanceUntil } from '../../support/advance-time.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { formEntry, inventLead, type InventedLead } from '../../support/invented.ts'
import { readDatabase } from '../../support/read-database.ts'
import { createRelayFixture, postLead, requestOutcome } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 60_000
const day = 24 * 3600 * 1000
const noon = Date.parse('2026-11-22T12:00:00+03:00')
const destinations = [{ provider: 'lender', name: 'first' }]

async function start(form: object) {
  const clock = new TestClock(noon)
  const fakes = createFakeLenders()
  const folder = await fixture.usedDatabase()
  const launch = () =>
    fixture.start(folder, {
      clock,
      fetch: fakes.fetch,
      providers: fakes.providers,
      forms: {
        main: { ...formEntry(), destinations, ...form },
        other: { ...formEntry(), destinations, ...form },
      },
    })
  const relay = await launch()
  const answerOf = async (lead: InventedLead): Promise<unknown> => {
    const { body } = await requestOutcome(relay, lead)
    const { outcome }: { readonly outcome?: unknown } = Object(body)
    return outcome
  }
  return { clock, fakes, relay, folder, launch, answerOf }
}

const withPhone = (phone: string): InventedLead => {
  const lead = inventLead()
  return { ...lead, values: { ...lead.values, phone } }
}
const phone = '+79000000042'

describe('a lead with the phone of an earlier one', { timeout }, () => {
  it('is stored, answered `duplicate` and not delivered', async () => {
    const { relay, fakes, folder } = await start({ duplicateDays: 30 })
    expect(await postLead(relay, withPhone(phone))).toMatchObject({ body: { outcome: 'accepted' } })
    const repeated = withPhone(phone)
    expect(await postLead(relay, repeated)).toMatchObject({ status: 200, body: { outcome: 'duplicate' } })
    // The same post again has the same answer.
    expect(await postLead(relay, repeated)).toMatchObject({ body: { outcome: 'duplicate' } })
    expect(await postLead(relay, withPhone('+79000000043'))).toMatchObject({ body: { outcome: 'accepted' } })
    expect(fakes.calls).toHaveLength(2)
    await relay.close()
    expect(await readDatabase(folder, 'select status from anketa.leads order by number')).toEqual([
      { status: 'accepted' },
      { status: 'duplicate' },
      { status: 'accepted' },
    ])
    expect(
      await readDatabase(folder, "select rule from anketa.routing_decisions where rule = 'duplicate'"),
    ).toHaveLength(1)
  })

  it('is not delivered after a wait for a correction in which the other one was accepted', async () => {
    const { relay, fakes, clock, answerOf } = await start({ duplicateDays: 30 })
    fakes.answer('first/create', {
      outcome: 'invalid',
      issues: [{ field: 'phone', code: 'campaign-format' }],
    })
    const warned = withPhone(phone)
    expect((await postLead(relay, warned)).status).toBe(422)
    fakes.answer('first/create', { outcome: 'accepted' })
    expect((await postLead(relay, withPhone(phone))).body).toMatchObject({ outcome: 'accepted' })
    // Each look gives the person the full ten minutes again.
    await advanceUntil(clock, 11 * 60_000, async () => expect(await answerOf(warned)).toBe('duplicate'))
    expect(fakes.calls).toHaveLength(2)
  })

  it('is answered `queued` where nobody should learn who applied', async () => {
    const { relay, fakes, folder, answerOf } = await start({ duplicateDays: 30, duplicateAnswer: 'queued' })
    await postLead(relay, withPhone(phone))
    const repeated = withPhone(phone)
    expect(await postLead(relay, repeated)).toMatchObject({ status: 202, body: { outcome: 'queued' } })
    expect(await answerOf(repeated)).toBe('queued')
    expect(fakes.calls).toHaveLength(1)
    await relay.close()
    expect(await readDatabase(folder, 'select status from anketa.leads order by number')).toEqual([
      { status: 'accepted' },
      { status: 'duplicate' },
    ])
  })

  it('is delivered after the days, in another form, and after a decline', async () => {
    const { relay, fakes, clock } = await start({ duplicateDays: 1 })
    fakes.answer('first/create', { outcome: 'declined' })
    await postLead(relay, withPhone(phone))
    fakes.answer('first/create', { outcome: 'accepted' })
    expect(await postLead(relay, withPhone(phone))).toMatchObject({ body: { outcome: 'accepted' } })
    const elsewhere = await relay.fetch(
      new Request('https://relay.example.ru/forms/other/leads', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(withPhone(phone)),
      }),
    )
    expect(await elsewhere.json()).toMatchObject({ outcome: 'accepted' })
    await advanceToRest(clock, day - 60_000)
    expect(await postLead(relay, withPhone(phone))).toMatchObject({ body: { outcome: 'duplicate' } })
    await advanceToRest(clock, 60_000)
    expect(await postLead(relay, withPhone(phone))).toMatchObject({ body: { outcome: 'accepted' } })
    expect(fakes.calls).toHaveLength(4)
  })

  it('is a repetition also where the earlier one may have arrived', async () => {
    const { relay, fakes } = await start({ duplicateDays: 30 })
    fakes.answer('first/create', new Response('', { status: 500 }))
    expect(await postLead(relay, withPhone(phone))).toMatchObject({ body: { outcome: 'queued' } })
    expect(await postLead(relay, withPhone(phone))).toMatchObject({ body: { outcome: 'duplicate' } })
    expect(fakes.calls).toHaveLength(1)
  })

  it('is delivered when the person corrects the phone', async () => {
    const { relay, fakes } = await start({ duplicateDays: 30 })
    await postLead(relay, withPhone(phone))
    const lead = withPhone(phone)
    await postLead(relay, lead)
    const corrected = { ...lead, values: { ...lead.values, phone: '+79000000044' } }
    expect(await postLead(relay, corrected)).toMatchObject({ body: { outcome: 'accepted' } })
    expect(fakes.calls).toHaveLength(2)
  })

  it('recognizes leads that came before the rule', async () => {
    const { relay, folder, clock, fakes } = await start({})
    await postLead(relay, withPhone(phone))
    await relay.close()
    const next = await fixture.start(folder, {
      clock,
      fetch: fakes.fetch,
      providers: fakes.providers,
      forms: { main: { ...formEntry(), destinations, duplicateDays: 3 } },
    })
    expect(await postLead(next, withPhone(phone))).toMatchObject({ body: { outcome: 'duplicate' } })
  })
})

describe('two leads with one phone at the same moment', { timeout }, () => {
  it('are not both delivered', async () => {
    const { relay, fakes } = await start({ duplicateDays: 30 })
    const reply = Promise.withResolvers<object>()
    fakes.answer('first/create', () => reply.promise)
    const answers = Promise.all([postLead(relay, withPhone(phone)), postLead(relay, withPhone(phone))])
    await expect.poll(() => fakes.calls.length).toBe(1)
    reply.resolve({ outcome: 'accepted' })
    await answers
    expect(fakes.calls).toHaveLength(1)
  })

  it.each([
    ['is declined', { outcome: 'declined' }, 2, 'accepted'],
    [
      'rejects a field',
      { outcome: 'invalid', issues: [{ field: 'phone', message: 'Проверьте' }] },
      2,
      'accepted',
    ],
    ['is accepted', { outcome: 'accepted' }, 1, 'duplicate'],
    ['may have arrived', new Response('', { status: 500 }), 1, 'duplicate'],
  ])('let the second one go on once the first one %s', async (_, first, calls, second) => {
    const { relay, fakes, clock, answerOf } = await start({ duplicateDays: 30, answerWithinSeconds: 0 })
    const reply = Promise.withResolvers<object>()
    fakes.answer('first/create', () => reply.promise)
    await postLead(relay, withPhone(phone))
    await expect.poll(() => fakes.calls.length).toBe(1)
    const waiting = withPhone(phone)
    await postLead(relay, waiting)
    await advanceToRest(clock, 2000)
    expect(await answerOf(waiting)).toBe('queued')
    fakes.answer('first/create', { outcome: 'accepted' })
    reply.resolve(first)
    await advanceUntil(clock, 1000, async () => expect(await answerOf(waiting)).toBe(second))
    expect(fakes.calls).toHaveLength(calls)
  })
})

it('the database shows no phone in the rows that the rule adds', { timeout }, async () => {
  const { relay, folder } = await start({ duplicateDays: 30 })
  await postLead(relay, withPhone(phone))
  await relay.close()
  const hashes = await readDatabase<{ hash: string }>(
    folder,
    'select phone_hash as hash from anketa.phone_turns union all select phone_hash from anketa.revisions',
  )
  expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(1)
  expect(hashes.every(({ hash }) => /^[\da-f]{64}$/.test(hash))).toBe(true)
  // Without the relay's secret the hash cannot be found out by trying all phones.
  expect(hashes.map(({ hash }) => hash)).not.toContain(hashKey(phone))
})
