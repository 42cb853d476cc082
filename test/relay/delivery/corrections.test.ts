import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import type { Log } from '../../../src/relay/log.ts'
import { advanceToRest, advanceUntil } from '../support/advance-time.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { connectionRefused } from '../support/network-errors.ts'
import { createRelayFixture, postLead, requestHealth, requestOutcome } from '../support/relay-fixture.ts'

const timeout = 60_000
const minute = 60_000
const accepted = { outcome: 'accepted', providerId: '7' } as const
const wrongPhone = { outcome: 'invalid', issues: [{ field: 'phone', message: 'Проверьте номер' }] } as const
const warning = { outcome: 'invalid', issues: [{ field: 'phone', code: 'campaign-format' }] } as const
const lenders = (...names: readonly string[]) => names.map((name) => ({ provider: 'lender', id: name, name }))

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

async function start(form: object, database?: string) {
  const clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
  const fakes = createFakeLenders({}, () => clock.now())
  const logged: Parameters<Log>[] = []
  const used = database ?? (await fixture.usedDatabase())
  const startIn = () =>
    fixture.start(used, {
      clock,
      fetch: fakes.fetch,
      providers: fakes.providers,
      log: (...entries) => logged.push(entries),
      forms: { main: { ...formEntry(), ...form } },
    })
  const relay = await startIn()
  const warnings = () =>
    logged.flatMap(([level, , { destination, fields, status, next } = {}]) =>
      level === 'warning' && fields !== undefined ? [{ destination, fields, status, next }] : [],
    )
  return { clock, fakes, relay, startIn, warnings }
}

async function failedOf(relay: Relay): Promise<unknown> {
  const { queue }: { readonly queue?: { readonly failed?: unknown } } = Object(
    (await requestHealth(relay)).body,
  )
  return queue?.failed
}

async function outcomeOf(relay: Relay, lead: ReturnType<typeof inventLead>): Promise<unknown> {
  const { outcome }: { readonly outcome?: unknown } = Object((await requestOutcome(relay, lead)).body)
  return outcome
}

describe('a field error that comes after the answer "queued"', { timeout }, () => {
  it('asks the next destination at once', async () => {
    const { clock, fakes, relay, warnings } = await start({ destinations: lenders('first', 'second') })
    fakes.answer('first/create', connectionRefused)
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(202)
    fakes.answer('first/create', wrongPhone)
    await advanceUntil(clock, minute, async () => expect(await outcomeOf(relay, lead)).toBe('accepted'))
    expect(fakes.called()).toEqual(['first/create', 'first/create', 'second/create'])
    expect(warnings()).toEqual([{ destination: 'first', fields: 'phone', status: 'passed', next: 'second' }])
    expect(await failedOf(relay)).toBe(0)
  })

  it('ends as failed at the last destination, is counted, and is logged with the name of the field', async () => {
    const { clock, fakes, relay, warnings } = await start({ destinations: lenders('first') })
    fakes.answer('first/create', connectionRefused)
    const lead = inventLead()
    await postLead(relay, lead)
    fakes.answer('first/create', wrongPhone)
    await advanceUntil(clock, minute, async () => expect(await failedOf(relay)).toBe(1))
    expect(warnings()).toEqual([{ destination: 'first', fields: 'phone', status: 'failed', next: undefined }])
    expect((await requestHealth(relay)).body).toMatchObject({ status: 'degraded', queue: { failed: 1 } })
    expect((await requestOutcome(relay, lead)).body).toMatchObject({ outcome: 'queued' })
    // The person comes back with other values.
    fakes.answer('first/create', accepted)
    const corrected = { ...lead, values: { ...lead.values, phone: '+79000000099' } }
    expect((await postLead(relay, corrected)).body).toMatchObject({ outcome: 'accepted' })
    expect(await failedOf(relay)).toBe(0)
  })

  it('asks the next one also where the form never waits', async () => {
    const form = { destinations: lenders('first', 'second'), answerWithinSeconds: 0 }
    const { fakes, relay } = await start(form)
    fakes.answer('first/create', wrongPhone)
    expect((await postLead(relay, inventLead())).status).toBe(202)
    await expect.poll(() => fakes.called()).toEqual(['first/create', 'second/create'])
  })
})

describe('a field error that the person has read', { timeout }, () => {
  it('waits ten minutes for a correction, over a restart, and then asks the next destination', async () => {
    const { clock, fakes, relay, startIn, warnings } = await start({
      destinations: lenders('first', 'second'),
    })
    fakes.answer('first/create', wrongPhone)
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(422)
    await advanceToRest(clock, 9 * minute)
    expect(fakes.called()).toEqual(['first/create'])
    await relay.close()
    const again = await startIn()
    // A look at the outcome would give the person the full time again.
    await advanceUntil(clock, 2 * minute, () =>
      expect(fakes.called()).toEqual(['first/create', 'second/create']),
    )
    await expect.poll(() => outcomeOf(again, lead)).toBe('accepted')
    expect(warnings()).toEqual([{ destination: 'first', fields: 'phone', status: 'passed', next: 'second' }])
  })

  it('is corrected in that time as before', async () => {
    const { clock, fakes, relay, warnings } = await start({ destinations: lenders('first', 'second') })
    fakes.answer('first/create', wrongPhone)
    const lead = inventLead()
    await postLead(relay, lead)
    await advanceToRest(clock, 8 * minute)
    fakes.answer('first/create', accepted)
    const corrected = { ...lead, values: { ...lead.values, phone: '+79000000099' } }
    expect((await postLead(relay, corrected)).body).toMatchObject({ outcome: 'accepted' })
    await advanceToRest(clock, 20 * minute)
    expect(fakes.called()).toEqual(['first/create', 'first/create'])
    expect(warnings()).toEqual([])
  })

  it('is corrected also by a page whose clock has been set back meanwhile', async () => {
    const { fakes, relay } = await start({ destinations: lenders('first') })
    fakes.answer('first/create', wrongPhone)
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(422)
    fakes.answer('first/create', accepted)
    const corrected = {
      ...lead,
      values: { ...lead.values, phone: '+79000000099' },
      page: { ...lead.page, submittedAt: '2026-11-22T11:50:00+03:00' },
    }
    expect((await postLead(relay, corrected)).body).toMatchObject({ outcome: 'accepted' })
    expect(fakes.called()).toEqual(['first/create', 'first/create'])
  })

  it.each([
    ['posts the same values', (relay: Relay, lead: ReturnType<typeof inventLead>) => postLead(relay, lead)],
    ['asks for the outcome', requestOutcome],
  ])('has the full time again when the person %s', async (_, ask) => {
    const { clock, fakes, relay } = await start({ destinations: lenders('first', 'second') })
    fakes.answer('first/create', wrongPhone)
    const lead = inventLead()
    await postLead(relay, lead)
    await advanceToRest(clock, 8 * minute)
    expect((await ask(relay, lead)).body).toMatchObject({ outcome: 'invalid' })
    await advanceToRest(clock, 5 * minute)
    expect(fakes.called()).toEqual(['first/create'])
    await advanceUntil(clock, 6 * minute, () =>
      expect(fakes.called()).toEqual(['first/create', 'second/create']),
    )
  })

  it('ends as failed in "all", whatever the others answer', async () => {
    const { clock, fakes, relay, warnings } = await start({
      delivery: 'all',
      destinations: lenders('first', 'second'),
    })
    fakes.answer('first/create', accepted)
    fakes.answer('second/create', wrongPhone)
    const lead = inventLead()
    expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'accepted' })
    await advanceUntil(clock, 11 * minute, async () => expect(await failedOf(relay)).toBe(1))
    expect(warnings()).toEqual([
      { destination: 'second', fields: 'phone', status: 'failed', next: undefined },
    ])
    expect((await requestOutcome(relay, lead)).body).toMatchObject({ outcome: 'accepted' })
  })

  it('is sent as it is where it was only a warning', async () => {
    const { clock, fakes, relay } = await start({ destinations: lenders('first', 'second') })
    fakes.answer('first/create', warning)
    const lead = inventLead()
    expect((await postLead(relay, lead)).status).toBe(422)
    fakes.answer('first/create', accepted)
    await advanceUntil(clock, 11 * minute, () =>
      expect(fakes.called()).toEqual(['first/create', 'first/create']),
    )
    await expect.poll(() => outcomeOf(relay, lead)).toBe('accepted')
  })
})
