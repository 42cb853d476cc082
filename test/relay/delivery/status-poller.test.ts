import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/create-relay.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { advanceTime } from '../support/advance-time.ts'
import { requestOutcome, createRelayFixture, postLead } from '../support/relay-fixture.ts'
import { readDatabase } from '../support/read-database.ts'

let bench: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  bench = await createRelayFixture()
})
afterAll(() => bench.end())

const timeout = 60_000
const minute = 60_000
const day = 24 * 60 * minute
const begin = Date.parse('2026-11-22T09:00:00Z')
const receivers = (...statuses: readonly string[]) =>
  statuses.map((status, index) => ({ receiver: String(index + 1), status }))
const taken = (...statuses: readonly string[]) => ({
  outcome: 'accepted',
  providerId: '77',
  progress: receivers(...statuses),
})

function createStage(options: Parameters<typeof createFakeLenders>[0] = {}) {
  const clock = new TestClock(begin)
  const fakes = createFakeLenders(options, () => clock.now())
  const questions = () => fakes.calls.filter(({ to }) => to === 'one/status')
  const start = (folder: string): Promise<Relay> =>
    bench.start(folder, {
      clock,
      fetch: fakes.fetch,
      providers: fakes.providers,
      forms: { main: { ...formEntry(), destinations: [{ provider: 'lender', name: 'one' }] } },
    })
  return { clock, fakes, questions, start }
}

describe('a lead that was taken and is still open somewhere', { timeout }, () => {
  it('is asked about at growing pauses, over a restart, until all have decided; changes are kept', async () => {
    const { clock, fakes, questions, start } = createStage()
    const folder = await bench.usedFolder()
    let relay = await start(folder)
    fakes.answer('one/create', taken('processing', 'processing'))
    fakes.answer('one/status', { progress: receivers('processing', 'approved') })
    const lead = inventLead()
    expect((await postLead(relay, lead)).body).toEqual({ id: lead.id, outcome: 'accepted', providerId: '77' })
    while (clock.now() < begin + 10 * minute) await advanceTime(clock, relay, 15_000)
    expect(questions()[0]?.body).toEqual({ applicationId: '77' })
    const pauses = (all: readonly { readonly at: number }[]) =>
      all.slice(1).map(({ at }, index) => at - (all[index]?.at ?? 0))
    expect((questions()[0]?.at ?? 0) - begin).toBeGreaterThanOrEqual(30_000)
    expect(Math.min(...pauses(questions()))).toBeGreaterThanOrEqual(30_000)
    expect(questions().length).toBeGreaterThanOrEqual(5)
    expect(questions().length).toBeLessThanOrEqual(14)

    await relay.close()
    relay = await start(folder)
    const before = questions().length
    for (let step = 0; step < 12; step += 1) await advanceTime(clock, relay, 2 * 60 * minute)
    expect(questions().length).toBeGreaterThan(before + 5)
    fakes.answer('one/status', { progress: receivers('declined', 'approved') })
    await advanceTime(clock, relay, 2 * 60 * minute)
    const decided = questions().length
    await advanceTime(clock, relay, 2 * 60 * minute)
    await advanceTime(clock, relay, 2 * 60 * minute)
    expect(questions()).toHaveLength(decided)
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

  it('is given up after a week, and never asked about where nothing is open', async () => {
    const { clock, fakes, questions, start } = createStage()
    const relay = await start(await bench.usedFolder())
    fakes.answer('one/create', taken('approved', 'declined', 'error'))
    await postLead(relay, inventLead())
    for (let step = 0; step < 3; step += 1) await advanceTime(clock, relay, minute)
    expect(questions()).toEqual([])
    fakes.answer('one/create', taken('waiting'))
    fakes.answer('one/status', { progress: receivers('waiting') })
    await postLead(relay, inventLead())
    for (let step = 0; step < 16; step += 1) await advanceTime(clock, relay, day / 2)
    const asked = questions().length
    expect(asked).toBeGreaterThan(8)
    for (let step = 0; step < 3; step += 1) await advanceTime(clock, relay, day / 2)
    expect(questions()).toHaveLength(asked)
  })

  it('keeps what was known while its destination does not answer', async () => {
    const { clock, fakes, questions, start } = createStage()
    const folder = await bench.usedFolder()
    const relay = await start(folder)
    fakes.answer('one/create', taken('processing'))
    fakes.answer('one/status', new Response('', { status: 500 }))
    await postLead(relay, inventLead())
    for (let step = 0; step < 4; step += 1) await advanceTime(clock, relay, minute)
    expect(questions().length).toBeGreaterThanOrEqual(2)
    await relay.close()
    const [delivery] = await readDatabase(folder, 'select outcome from anketa.deliveries')
    expect(delivery).toMatchObject({ outcome: { progress: receivers('processing') } })
  })

  it('leaves room for new leads within the rate of its account', async () => {
    const { clock, fakes, questions, start } = createStage({ callsPerMinute: 10 })
    const relay = await start(await bench.usedFolder())
    fakes.answer('one/create', taken('processing'))
    fakes.answer('one/status', { progress: receivers('processing') })
    for (let count = 0; count < 8; count += 1) {
      await postLead(relay, inventLead())
      await advanceTime(clock, relay, 10_000)
    }
    while (clock.now() < begin + 8 * minute) await advanceTime(clock, relay, 15_000)
    for (const { at } of questions()) {
      const within = questions().filter((call) => call.at >= at && call.at < at + minute)
      expect(within.length).toBeLessThanOrEqual(6)
    }
    expect((await postLead(relay, inventLead())).body).toMatchObject({ outcome: 'accepted' })
  })
})
