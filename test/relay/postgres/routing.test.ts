import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { advanceToRest } from '../support/advance-time.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead, requestOutcome } from '../support/relay-fixture.ts'

const timeout = 120_000
const hour = 3600 * 1000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

const lender = (name: string, rules: object = {}) => ({ provider: 'lender', name, id: name, ...rules })

async function startTwo(form: object) {
  const clock = new TestClock(Date.parse('2026-11-22T22:00:00+03:00'))
  const fakes = createFakeLenders({}, () => clock.now())
  const database = await fixture.usedDatabase()
  const launch = () =>
    fixture.start(database, {
      clock,
      fetch: fakes.fetch,
      providers: fakes.providers,
      forms: { main: { ...formEntry(), answerWithinSeconds: 1, ...form } },
    })
  const relays = await Promise.all([launch(), launch()])
  const post = (leads: readonly object[]) =>
    Promise.all(leads.map((lead, index) => postLead(relays[index % 2] ?? relays[0], lead)))
  /** Lets `ms` pass, and both relays work until no further call is made. */
  const settle = async (ms = 0) => {
    await advanceToRest(clock, ms)
    for (let quiet = 0, calls = -1; quiet < 3; quiet += 1) {
      if (calls !== fakes.calls.length) quiet = 0
      calls = fakes.calls.length
      await advanceToRest(clock, 0)
    }
  }
  return { fakes, relays, launch, post, settle }
}

async function outcomeOf(relay: Relay, lead: ReturnType<typeof inventLead>): Promise<unknown> {
  const { body } = await requestOutcome(relay, lead)
  const { outcome }: { readonly outcome?: unknown } = Object(body)
  return outcome
}

describe('two relays on one database', { timeout }, () => {
  it('never deliver more leads on a day than a cap, however many come at once', async () => {
    const { fakes, relays, post, settle } = await startTwo({
      destinations: [lender('first', { capPerDay: 7 }), lender('second', { capPerDay: 4 })],
    })
    const leads = Array.from({ length: 30 }, inventLead)
    await post(leads)
    await settle()
    const callsOf = (name: string) => fakes.called().filter((to) => to === `${name}/create`).length
    expect([callsOf('first'), callsOf('second')]).toEqual([7, 4])
    await settle(2 * hour)
    expect([callsOf('first'), callsOf('second')]).toEqual([14, 8])
    await settle(24 * hour)
    // Eight leads were left.
    expect(callsOf('first') + callsOf('second')).toBe(30)
    for (const lead of leads) expect(await outcomeOf(relays[0], lead)).toBe('accepted')
  })

  it('fill a cap in spite of all the leads that a destination declines', async () => {
    const { fakes, post, settle } = await startTwo({
      destinations: [lender('first', { capPerDay: 5 })],
    })
    let running = 0
    let most = 0
    let kept = 0
    let count = 0
    fakes.answer('first/create', async () => {
      running += 1
      most = Math.max(most, running + kept)
      await new Promise((resolve) => setTimeout(resolve, 20))
      running -= 1
      count += 1
      if (count % 3 !== 0) return { outcome: 'declined' }
      kept += 1
      return { outcome: 'accepted' }
    })
    await post(Array.from({ length: 40 }, inventLead))
    await settle()
    expect(kept).toBe(5)
    // A place is free only when its lead's answer is stored.
    expect(most).toBe(5)
    expect(count).toBe(15)
  })

  it('keep the places of a relay that was stopped', async () => {
    const { fakes, relays, launch, post, settle } = await startTwo({
      destinations: [lender('first', { capPerDay: 3 })],
    })
    await post(Array.from({ length: 2 }, inventLead))
    await Promise.all(relays.map((relay) => relay.close()))
    const next = await launch()
    for (let count = 0; count < 3; count += 1) await postLead(next, inventLead())
    await settle()
    expect(fakes.calls).toHaveLength(3)
  })

  it('deliver one of the leads with the same phone that come at once', async () => {
    const { fakes, relays, post, settle } = await startTwo({
      duplicateDays: 30,
      destinations: [lender('first')],
    })
    const leads = Array.from({ length: 12 }, () => {
      const lead = inventLead()
      return { ...lead, values: { ...lead.values, phone: '+79000000042' } }
    })
    let count = 0
    // The first one is declined: another one is delivered, and the rest are duplicates.
    fakes.answer('first/create', () => {
      count += 1
      return { outcome: count === 1 ? 'declined' : 'accepted' }
    })
    await post(leads)
    await settle()
    expect(fakes.calls).toHaveLength(2)
    const outcomes = await Promise.all(leads.map((lead) => outcomeOf(relays[1], lead)))
    expect(outcomes.map(String).toSorted()).toEqual([
      'accepted',
      'declined',
      ...Array.from({ length: 10 }, () => 'duplicate'),
    ])
  })
})
