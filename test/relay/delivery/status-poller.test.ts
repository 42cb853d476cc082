import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { advanceToRest, advanceUntil } from '../support/advance-time.ts'
import { requestOutcome, createRelayFixture, postLead } from '../support/relay-fixture.ts'
import { readDatabase } from '../support/read-database.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 60_000
const minute = 60_000
const day = 24 * 60 * minute
const startTime = Date.parse('2026-11-22T09:00:00Z')
const receivers = (...statuses: readonly string[]) =>
  statuses.map((status, index) => ({ receiver: String(index + 1), status }))
const acceptedWith = (...statuses: readonly string[]) => ({
  outcome: 'accepted',
  providerId: '77',
  progress: receivers(...statuses),
})

function createScenario(options: Parameters<typeof createFakeLenders>[0] = {}) {
  const clock = new TestClock(startTime)
  const fakes = createFakeLenders(options, () => clock.now())
  const statusCalls = () => fakes.calls.filter(({ to }) => to === 'one/status')
  const start = (folder: string): Promise<Relay> =>
    fixture.start(folder, {
      clock,
      fetch: fakes.fetch,
      providers: fakes.providers,
      forms: { main: { ...formEntry(), destinations: [{ provider: 'lender', name: 'one' }] } },
    })
  return { clock, fakes, statusCalls, start }
}

describe('an accepted lead that some receivers have not decided about', { timeout }, () => {
  it('is polled with growing pauses, across a restart, until all have decided; changes are stored', async () => {
    const { clock, fakes, statusCalls, start } = createScenario()
    const folder = await fixture.usedDatabase()
    let relay = await start(folder)
    fakes.answer('one/create', acceptedWith('processing', 'processing'))
    fakes.answer('one/status', { progress: receivers('processing', 'approved') })
    const lead = inventLead()
    expect((await postLead(relay, lead)).body).toMatchObject({
      id: lead.id,
      outcome: 'accepted',
      providerId: '77',
    })
    while (clock.now() < startTime + 10 * minute) await advanceToRest(clock, 15_000)
    expect(statusCalls()[0]?.body).toEqual({ applicationId: '77' })
    const pauses = (all: readonly { readonly at: number }[]) =>
      all.slice(1).map(({ at }, index) => at - (all[index]?.at ?? 0))
    expect((statusCalls()[0]?.at ?? 0) - startTime).toBeGreaterThanOrEqual(30_000)
    expect(Math.min(...pauses(statusCalls()))).toBeGreaterThanOrEqual(30_000)
    expect(statusCalls().length).toBeGreaterThanOrEqual(5)
    expect(statusCalls().length).toBeLessThanOrEqual(14)

    await relay.close()
    relay = await start(folder)
    const before = statusCalls().length
    await advanceUntil(clock, 2 * 60 * minute, () => expect(statusCalls().length).toBeGreaterThan(before + 5))
    expect(clock.now() - startTime).toBeLessThan(2 * day)
    fakes.answer('one/status', { progress: receivers('declined', 'approved') })
    const undecided = statusCalls().length
    await advanceUntil(clock, 2 * 60 * minute, () => expect(statusCalls().length).toBeGreaterThan(undecided))
    const decided = statusCalls().length
    await advanceToRest(clock, 2 * 60 * minute)
    await advanceToRest(clock, 2 * 60 * minute)
    expect(statusCalls()).toHaveLength(decided)
    expect((await requestOutcome(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted' })
    await relay.close()

    const [delivery] = await readDatabase(folder, 'select outcome from anketa.deliveries')
    expect(delivery).toMatchObject({
      outcome: { providerId: '77', progress: receivers('declined', 'approved') },
    })
    const history = await readDatabase(folder, 'select progress from anketa.progress order by number')
    expect(history).toEqual([
      { progress: receivers('processing', 'approved') },
      { progress: receivers('declined', 'approved') },
    ])
  })

  it('is polled for a week at most, and not at all if everything is decided', async () => {
    const { clock, fakes, statusCalls, start } = createScenario()
    const relay = await start(await fixture.usedDatabase())
    fakes.answer('one/create', acceptedWith('approved', 'declined', 'error'))
    await postLead(relay, inventLead())
    for (let step = 0; step < 3; step += 1) await advanceToRest(clock, minute)
    expect(statusCalls()).toEqual([])
    fakes.answer('one/create', acceptedWith('waiting'))
    fakes.answer('one/status', { progress: receivers('waiting') })
    await postLead(relay, inventLead())
    const posted = clock.now()
    await advanceUntil(clock, day / 2, () => clock.now() > posted + 8 * day && statusCalls().length > 8)
    const asked = statusCalls().length
    for (let step = 0; step < 3; step += 1) await advanceToRest(clock, day / 2)
    expect(statusCalls()).toHaveLength(asked)
  })

  it('keeps its last status while its destination does not answer', async () => {
    const { clock, fakes, statusCalls, start } = createScenario()
    const folder = await fixture.usedDatabase()
    const relay = await start(folder)
    fakes.answer('one/create', acceptedWith('processing'))
    fakes.answer('one/status', new Response('', { status: 500 }))
    await postLead(relay, inventLead())
    await advanceUntil(clock, minute, () => expect(statusCalls().length).toBeGreaterThanOrEqual(2))
    await relay.close()
    const [delivery] = await readDatabase(folder, 'select outcome from anketa.deliveries')
    expect(delivery).toMatchObject({ outcome: { progress: receivers('processing') } })
  })

  it('leaves calls for new leads within the rate limit of its account', async () => {
    const { clock, fakes, statusCalls, start } = createScenario({ callsPerMinute: 10 })
    const relay = await start(await fixture.usedDatabase())
    fakes.answer('one/create', acceptedWith('processing'))
    fakes.answer('one/status', { progress: receivers('processing') })
    for (let count = 0; count < 8; count += 1) {
      await postLead(relay, inventLead())
      await advanceToRest(clock, 10_000)
    }
    while (clock.now() < startTime + 8 * minute) await advanceToRest(clock, 15_000)
    for (const { at } of statusCalls()) {
      const within = statusCalls().filter((call) => call.at >= at && call.at < at + minute)
      expect(within.length).toBeLessThanOrEqual(6)
    }
    expect((await postLead(relay, inventLead())).body).toMatchObject({ outcome: 'accepted' })
  })
})
