import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMessageScenario, startTime } from '../support/messages/receivers.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'
import { inventLead } from '../support/invented.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const config = {
  notify: [
    {
      on: ['accepted'],
      name: 'crm',
      webhook: { url: 'https://crm.example.ru/notices', secret: { env: 'HOOK' } },
    },
  ],
  postbacks: [{ on: ['new', 'accepted'], url: 'https://tracker.example/p?s={status}&l={lead}' }],
}

it('two relays send each message once, and those of a lead in their order', { timeout: 90_000 }, async () => {
  const database = await fixture.usedDatabase()
  const scenarios = [createMessageScenario(fixture), createMessageScenario(fixture)] as const
  const relays = [
    await scenarios[0].start(database, config),
    await scenarios[1].start(database, config),
  ] as const
  const calls = () => scenarios.flatMap((scenario) => scenario.calls)
  const leads: ReturnType<typeof inventLead>[] = []
  const haveBothSent = () => scenarios.every((scenario) => scenario.calls.length > 0)
  // Both look for messages at the same moments, and each of them is the first to look in every second round. Which of them
  // gets the messages is up to the database.
  for (let round = 0; round < 2 || (round < 12 && !haveBothSent()); round += 1) {
    const order = round % 2 === 0 ? scenarios : scenarios.toReversed()
    const posted = Array.from({ length: 20 }, inventLead)
    leads.push(...posted)
    await Promise.all(posted.map((lead, index) => postLead(relays[index % 2 === 0 ? 0 : 1], lead)))
    for (let second = 0; second < 40 && calls().length < 3 * leads.length; second += 1)
      await Promise.all(order.map((scenario) => scenario.pass(1)))
  }
  await Promise.all([scenarios[0].pass(3), scenarios[1].pass(3)])
  expect(calls()).toHaveLength(3 * leads.length)
  for (const { id } of leads) {
    const own = scenarios.map((scenario) =>
      scenario.calls
        .filter(({ url }) => url.searchParams.get('l') === id)
        .map(({ url }) => url.searchParams.get('s')),
    )
    expect(new Set(own.flat())).toEqual(new Set(['new', 'accepted']))
    expect(own.flat()).toHaveLength(2)
    expect(own.map((statuses) => statuses.join())).not.toContain('accepted,new')
  }
  expect(haveBothSent()).toBe(true)
})

it('a pause that a receiver has asked one relay for holds for the other', { timeout: 90_000 }, async () => {
  const database = await fixture.usedDatabase()
  const scenarios = [createMessageScenario(fixture), createMessageScenario(fixture)] as const
  const first = await scenarios[0].start(database, config)
  scenarios[0].answer(() => new Response('', { status: 429, headers: { 'retry-after': '60' } }))
  await postLead(first, inventLead())
  await scenarios[0].pass(2)
  await first.close()
  await scenarios[1].start(database, config)
  await scenarios[1].pass(40)
  expect(scenarios[1].calls).toHaveLength(0)
  await scenarios[1].pass(40)
  expect(scenarios[1].calls.length).toBeGreaterThan(0)
  for (const { at } of scenarios[1].calls) expect(at - startTime).toBeGreaterThanOrEqual(60_000)
})
