import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { formEntry, inventLead, type InventedLead } from '../../support/invented.ts'
import { createRelayFixture } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
}, 60_000)
afterAll(() => fixture.end())

const timeout = 60_000
const address = '203.0.113.5'
const elsewhere = '203.0.113.77'

async function start(database: string, limits: object, dataKeys: object = {}): Promise<Relay> {
  const lenders = createFakeLenders()
  lenders.answer('first/create', { outcome: 'declined' })
  return fixture.start(database, {
    providers: lenders.providers,
    fetch: lenders.fetch,
    env: { LEAD_KEY: Buffer.alloc(32, 7).toString('base64') },
    forms: {
      main: { ...formEntry(), partial: true, destinations: [{ provider: 'lender', name: 'first' }] },
    },
    config: { limits, ...dataKeys },
  })
}

async function post(relay: Relay, lead: object, from = address): Promise<number> {
  const response = await relay.fetch(
    new Request('https://relay.example.ru/forms/main/leads', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lead),
    }),
    { address: from },
  )
  await response.text()
  return response.status
}

/** A relay that has not seen what was posted to another one: a second relay, or the same one after a restart. */
async function startNext(database: string, before: Relay, limits: object, dataKeys: object = {}) {
  if (fixture.engine === 'pglite') await before.close({ graceMs: 100 })
  return start(database, limits, dataKeys)
}

function partialOf(lead: InventedLead) {
  return { ...lead, partial: true, step: 'loan' }
}

function change(lead: InventedLead, values: object, page: object = {}): InventedLead {
  return { ...lead, values: { ...lead.values, ...values }, page: { ...lead.page, ...page } }
}

function withPhone(phone: string): InventedLead {
  return change(inventLead(), { phone })
}

const encrypted = { dataKeys: [{ env: 'LEAD_KEY' }] }

describe.each([
  ['clear', {}],
  ['encrypted', encrypted],
])('a stored lead, %s, at a relay that has not seen it', (_, dataKeys) => {
  it(
    'is finished while the limits of its address and its phone are reached',
    async () => {
      const database = await fixture.usedDatabase()
      const limits = { perAddress: 1, perPhone: 1 }
      const first = await start(database, limits, dataKeys)
      const lead = withPhone('+79000000071')
      expect(await post(first, partialOf(lead))).toBe(202)
      const next = await startNext(database, first, limits, dataKeys)
      // The embedded database keeps no counts over a restart: other leads reach the limits again.
      const others = [
        await post(next, withPhone('+79000000072')),
        await post(next, withPhone('+79000000071')),
      ]
      expect(others.at(-1)).toBe(429)
      expect(await post(next, lead)).toBe(200)
    },
    timeout,
  )

  it(
    'is corrected while the limit of its phone is reached, and not to a phone whose limit is reached',
    async () => {
      const database = await fixture.usedDatabase()
      const limits = { perPhone: 1 }
      const first = await start(database, limits, dataKeys)
      const lead = withPhone('+79000000073')
      expect(await post(first, lead)).toBe(200)
      const next = await startNext(database, first, limits, dataKeys)
      await post(next, withPhone('+79000000073'))
      expect(await post(next, withPhone('+79000000073'))).toBe(429)
      expect(await post(next, withPhone('+79000000074'))).toBe(200)
      expect(await post(next, change(lead, { phone: '+79000000074' }))).toBe(429)
      expect(await post(next, change(lead, { firstName: 'Анна' }))).toBe(200)
    },
    timeout,
  )
})

it.each([
  ['a change', {}, 200],
  ['a change with a mistake', { birthDate: '2025-01-31' }, 422],
])(
  '%s of a lead that was counted as a new one leaves the limit of its phone to others',
  async (_, values, status) => {
    const database = await fixture.usedDatabase()
    const limits = { perPhone: 2 }
    const first = await start(database, limits)
    const lead = withPhone('+79000000075')
    expect(await post(first, partialOf(lead))).toBe(202)
    const next = await startNext(database, first, limits)
    expect(await post(next, change(lead, values))).toBe(status)
    const others = []
    for (let count = 0; count < 3; count += 1) others.push(await post(next, withPhone('+79000000075')))
    // PostgreSQL has counted the lead where it was new.
    expect(others).toEqual(fixture.engine === 'pglite' ? [200, 200, 429] : [200, 429, 429])
  },
  timeout,
)

it(
  'a correction that was counted as a new lead counts for another phone, and for its lead',
  async () => {
    const database = await fixture.usedDatabase()
    const limits = { perPhone: 1 }
    const first = await start(database, limits)
    const lead = withPhone('+79000000076')
    expect(await post(first, lead)).toBe(200)
    const next = await startNext(database, first, limits)
    expect(await post(next, change(lead, { phone: '+79000000077' }))).toBe(200)
    expect(await post(next, withPhone('+79000000077'))).toBe(429)
    const answers = []
    for (let count = 0; count < 25; count += 1)
      answers.push(await post(next, change(lead, { phone: '+79000000077', amount: 40_000 + count })))
    expect(answers.filter((status) => status === 200)).toHaveLength(19)
  },
  timeout,
)

describe('what stores nothing counts nothing', () => {
  const earlier = { submittedAt: '2026-11-22T11:00:00.000Z' }
  const later = { submittedAt: '2026-11-22T12:00:00.000Z' }
  const latest = { submittedAt: '2026-11-22T13:00:00.000Z' }

  it(
    'a post that arrives after a newer one',
    async () => {
      const relay = await start(await fixture.usedDatabase(), { perAddress: 2, perPhone: 1 })
      const lead = change(withPhone('+79000000078'), {}, later)
      expect(await post(relay, lead)).toBe(200)
      for (let count = 0; count < 5; count += 1)
        expect(
          await post(relay, change(lead, { phone: '+79000000079', amount: 40_000 + count }, earlier)),
        ).toBe(200)
      expect(await post(relay, withPhone('+79000000079'))).toBe(200)
      expect(await post(relay, withPhone('+79000000080'))).toBe(429)
    },
    timeout,
  )

  it(
    'and what it said is not taken for what is stored',
    async () => {
      const relay = await start(await fixture.usedDatabase(), { perPhone: 1 })
      const lead = change(withPhone('+79000000081'), {}, later)
      expect(await post(relay, lead)).toBe(200)
      const outdated = change(lead, { phone: '+79000000082' }, earlier)
      expect(await post(relay, outdated)).toBe(200)
      expect(await post(relay, withPhone('+79000000082'))).toBe(200)
      expect(await post(relay, { ...outdated, page: { ...outdated.page, ...latest } })).toBe(429)
      expect(await post(relay, change(outdated, { amount: 50_000 }, latest))).toBe(429)
    },
    timeout,
  )

  it(
    'a partial post of a finished lead',
    async () => {
      const relay = await start(await fixture.usedDatabase(), { perAddress: 2 })
      const lead = withPhone('+79000000083')
      expect(await post(relay, lead)).toBe(200)
      for (let count = 0; count < 5; count += 1)
        expect(await post(relay, partialOf(change(lead, { amount: 40_000 + count })))).toBe(200)
      expect(await post(relay, inventLead())).toBe(200)
      expect(await post(relay, inventLead())).toBe(429)
      expect(await post(relay, inventLead(), elsewhere)).toBe(200)
    },
    timeout,
  )
})
