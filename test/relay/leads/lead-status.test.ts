import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deriveLeadStatus } from '../../../src/relay/leads/lead-state.ts'
import { loadLeadState } from '../../../src/relay/leads/load-lead-state.ts'
import { createRandom, seed } from '../../support/random.ts'
import { advanceToRest } from '../support/advance-time.ts'
import { createFakeLenders } from '../support/fake-lenders.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { openUsedDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead, requestHealth } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const replies = [
  { outcome: 'accepted' },
  { outcome: 'declined' },
  { outcome: 'duplicate' },
  { outcome: 'invalid', issues: [{ field: 'phone', code: 'phone-incomplete' }] },
  { outcome: 'verification', applicationId: '1' },
  { outcome: 'refused', reason: 'wrong token' },
  { outcome: 'unavailable', reason: 'down', mayHaveArrived: false },
  { outcome: 'uncertain', reason: 'no answer' },
] as const

it('the stored status of a lead is always the one of its deliveries', { timeout: 120_000 }, async () => {
  const random = createRandom(seed)
  const clock = new TestClock()
  const lenders = createFakeLenders()
  const database = await fixture.usedDatabase()
  const relay = await fixture.start(database, {
    clock,
    fetch: lenders.fetch,
    providers: lenders.providers,
    forms: {
      main: {
        ...formEntry(),
        answerWithinSeconds: 0,
        destinations: ['first', 'second'].map((name) => ({ provider: 'lender', name, id: name })),
      },
    },
  })
  for (const name of ['first', 'second'])
    lenders.answer(`${name}/create`, () => replies[random.below(replies.length)] ?? replies[0])
  const leads = Array.from({ length: 24 }, inventLead)
  for (const lead of leads) {
    await postLead(relay, lead)
    if (random.below(2) === 0) await postLead(relay, { ...lead, values: { ...lead.values, amount: 40_000 } })
  }
  for (const ms of [1000, 20_000, 8 * 24 * 3600 * 1000]) await advanceToRest(clock, ms)
  await relay.close()

  const opened = await openUsedDatabase(database)
  const rows = await opened.query<{ id: string; status: string }>('select id, status from anketa.leads')
  const statuses = new Map(rows.map(({ id, status }) => [id, status]))
  expect(statuses.size).toBe(leads.length)
  for (const { id } of leads) {
    const state = await loadLeadState(opened, id)
    expect(statuses.get(id), `SEED=${seed}`).toBe(deriveLeadStatus(state ?? { deliveries: [] }))
  }
  expect(new Set(statuses.values()).size).toBeGreaterThan(2)
  await opened.close()
})

it(
  'stays accepted while another destination of "all" gets corrected values',
  { timeout: 60_000 },
  async () => {
    const lenders = createFakeLenders()
    const database = await fixture.usedDatabase()
    const relay = await fixture.start(database, {
      fetch: lenders.fetch,
      providers: lenders.providers,
      forms: {
        main: {
          ...formEntry(),
          delivery: 'all',
          destinations: ['first', 'second'].map((name) => ({ provider: 'lender', name, id: name })),
        },
      },
    })
    lenders.answer('second/create', replies[3])
    const lead = inventLead()
    await postLead(relay, lead)
    // The answer comes before the second destination's field error is stored.
    await expect.poll(async () => (await requestHealth(relay)).body).toMatchObject({ queue: { waiting: 0 } })
    lenders.answer('second/create', () => new Promise<object>(() => undefined))
    await postLead(relay, { ...lead, values: { ...lead.values, amount: 40_000 } })
    await expect.poll(() => lenders.called()).toHaveLength(3)
    await relay.close({ graceMs: 10 })
    const opened = await openUsedDatabase(database)
    expect(await opened.query('select revision, status from anketa.leads')).toEqual([
      { revision: 2, status: 'accepted' },
    ])
    await opened.close()
  },
)
