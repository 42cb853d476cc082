import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { formEntry, inventLead, type InventedLead } from '../../support/invented.ts'
import { createRelayFixture, request } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
}, 60_000)
afterAll(() => fixture.end())

const timeout = 60_000

/** A relay whose lender declines everybody, and what posts leads to it. */
async function start(limits: object, { challenge = 'off', database = '' } = {}) {
  const lenders = createFakeLenders()
  lenders.answer('first/create', { outcome: 'declined' })
  const relay = await fixture.start(database || (await fixture.usedDatabase()), {
    providers: lenders.providers,
    fetch: lenders.fetch,
    forms: {
      main: {
        ...formEntry(),
        partial: true,
        challenge,
        destinations: [{ provider: 'lender', name: 'first' }],
      },
    },
    config: { limits },
  })
  const post = async (lead: object) =>
    request(relay, '/forms/main/leads', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lead),
    })
  return { relay, post, calls: lenders.calls }
}

function change(lead: InventedLead, values: object, others: object = {}) {
  return { ...lead, ...others, values: { ...lead.values, ...values } }
}

const partial = { partial: true, step: 'loan' }

function phone(index: number): string {
  return `+790000000${String(index % 100).padStart(2, '0')}`
}

describe.each([
  ['a finished lead', {}, 3],
  ['a partial lead', partial, 3],
])('a flood with one id, %s', (_, others, admitted) => {
  it(
    'with another phone each time is held by the limits as that of new ids is',
    async () => {
      const { post, calls } = await start({ perAddress: 3, perPhone: 1 })
      const lead = inventLead()
      const answers = []
      for (let index = 0; index < 40; index += 1) {
        const { status } = await post(change(lead, { phone: phone(index), firstName: 'Анна' }, others))
        answers.push(status)
      }
      expect(answers.filter((status) => status !== 429)).toHaveLength(admitted)
      expect(calls.length).toBeLessThanOrEqual(admitted)
    },
    timeout,
  )

  it(
    'is held by the limit of a lead where those of addresses and phones are wide',
    async () => {
      const { post, calls } = await start({ perAddress: 1000, perPhone: 1000 })
      const lead = inventLead()
      const answers = []
      for (let index = 0; index < 40; index += 1)
        answers.push((await post(change(lead, { amount: 30_000 + index }, others))).status)
      expect(answers.filter((status) => status !== 429)).toHaveLength(21)
      expect(calls.length).toBeLessThanOrEqual(21)
    },
    timeout,
  )

  it(
    'that goes back and forth between two contents counts each time',
    async () => {
      const { post } = await start({ perAddress: 1000, perPhone: 1000 })
      const lead = inventLead()
      const answers = []
      for (let index = 0; index < 40; index += 1)
        answers.push((await post(change(lead, { amount: 30_000 + (index % 2) }, others))).status)
      expect(answers.filter((status) => status === 429).length).toBeGreaterThanOrEqual(10)
    },
    timeout,
  )
})

describe('a person is never held by their own lead', () => {
  it(
    'when the same post comes again and again over a bad network, also while a limit is reached',
    async () => {
      const { post, calls } = await start({ perAddress: 1, perPhone: 1 })
      const lead = inventLead()
      const answers = []
      for (let index = 0; index < 30; index += 1) {
        const page = {
          ...lead.page,
          submittedAt: new Date(Date.parse(lead.page.submittedAt) + index).toISOString(),
        }
        answers.push((await post({ ...lead, page })).status)
      }
      expect(new Set(answers)).toEqual(new Set([200]))
      expect(calls).toHaveLength(1)
      expect((await post(inventLead())).status).toBe(429)
      expect((await post(lead)).status).toBe(200)
    },
    timeout,
  )

  it(
    'when they fill in a form of several steps, which is stored after each, and finish it',
    async () => {
      const { post } = await start({ perAddress: 1, perPhone: 1 })
      const lead = inventLead()
      const { phone: number, ...others } = lead.values
      const answers = [await post({ ...lead, ...partial, values: { phone: number } })]
      const given: Record<string, unknown> = { phone: number }
      for (const [name, value] of Object.entries(others)) {
        given[name] = value
        answers.push(await post({ ...lead, ...partial, values: { ...given } }))
      }
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
      expect((await post(lead)).status).toBe(200)
    },
    timeout,
  )

  it(
    'when a relay that has not seen the lead gets it again, and the limit is reached',
    async () => {
      const database = await fixture.usedDatabase()
      const before = await start({ perAddress: 1 }, { database })
      const lead = inventLead()
      expect((await before.post(lead)).status).toBe(200)
      await before.relay.close({ graceMs: 100 })
      // PostgreSQL keeps the counts of the minute over a restart.
      const after = await start({ perAddress: fixture.engine === 'pglite' ? 1 : 2 }, { database })
      expect((await after.post(inventLead())).status).toBe(200)
      expect((await after.post(change(lead, { firstName: 'Анна' }))).status).toBe(429)
      expect((await after.post(lead)).status).toBe(200)
    },
    timeout,
  )
})

it(
  'a lead that a limit has refused for its change is taken as it was before',
  async () => {
    const { post } = await start({ perAddress: 1000, perPhone: 1 })
    const [lead, other] = [inventLead(), inventLead()]
    expect((await post(change(other, { phone: phone(7) }))).status).toBe(200)
    expect((await post(change(lead, { phone: phone(8) }))).status).toBe(200)
    expect((await post(change(lead, { phone: phone(7) }))).status).toBe(429)
    expect((await post(change(lead, { phone: phone(8) }))).status).toBe(200)
  },
  timeout,
)
