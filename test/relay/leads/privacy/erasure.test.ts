import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashLeadId } from '../../../../src/relay/runtime/hash.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead, type InventedLead } from '../../support/invented.ts'
import { readDatabase, readStoredBytes, withDatabase } from '../../support/read-database.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const env = { ANKETA_ADMIN_TOKEN: adminToken, DATA_KEY: randomBytes(32).toString('base64') }
const lenders = createFakeLenders()

function start(database: string, config: object = {}, destinations: readonly string[] = ['first']) {
  const form = {
    ...formEntry(),
    answerWithinSeconds: 1,
    destinations: destinations.map((name) => ({ provider: 'lender', name })),
  }
  return fixture.start(database, {
    env,
    config: { ...config },
    providers: lenders.providers,
    fetch: lenders.fetch,
    forms: { main: form },
  })
}

const admin = (relay: Relay, path: string, init: RequestInit = {}) =>
  request(relay, `/admin/${path}`, { ...init, headers: { authorization: `Bearer ${adminToken}` } })
const post = (relay: Relay, path: string, body: object) =>
  admin(relay, path, { method: 'POST', body: JSON.stringify(body) })

const person = { lastName: 'Стираева', phone: '+79000000077', email: 'Erased@Example.ru' }
function inventPersonsLead() {
  const lead = inventLead()
  return { ...lead, values: { ...lead.values, ...person } }
}

/** Everything that a browser may ask about a lead, and an operator. */
const routes: Readonly<Record<string, (relay: Relay, lead: InventedLead) => ReturnType<typeof request>>> = {
  'the same post': (relay, lead) => postLead(relay, lead),
  'a revision': (relay, lead) => postLead(relay, { ...lead, values: { ...lead.values, amount: 20_000 } }),
  'invalid values': (relay, lead) => postLead(relay, { ...lead, values: {} }),
  'another key': (relay, lead) => postLead(relay, { ...lead, key: inventLead().key }),
  'capital letters': (relay, lead) => postLead(relay, { ...lead, id: lead.id.toUpperCase() }),
  outcome: (relay, { id, key }) =>
    request(relay, `/forms/main/leads/${id}`, { headers: { authorization: `Bearer ${key}` } }),
  'outcome without the key': (relay, { id }) => request(relay, `/forms/main/leads/${id}`),
  code: (relay, { id, key }) =>
    request(relay, `/forms/main/leads/${id}/code`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key, code: '1234' }),
    }),
  withdrawal: (relay, { id, key }) =>
    request(relay, `/forms/main/leads/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${key}` },
    }),
  'erasing again': (relay, { id }) => admin(relay, `leads/${id}`, { method: 'DELETE' }),
  'details for the operator': (relay, { id }) => admin(relay, `leads/${id}`),
}

describe.each([
  ['with keys', { dataKeys: [{ env: 'DATA_KEY' }] }],
  ['without keys', {}],
])('erasure %s', { timeout: 120_000 }, (_, config) => {
  it('finds a person by any spelling of the phone or the e-mail address, and nobody else', async () => {
    const relay = await start(await fixture.usedDatabase(), config)
    const other = inventLead()
    await postLead(relay, other)
    for (const wanted of [
      { phone: '8 (900) 000-00-77' },
      { phone: '+79000000077' },
      { email: ' erased@example.RU' },
    ]) {
      await postLead(relay, inventPersonsLead())
      await postLead(relay, inventPersonsLead())
      expect((await post(relay, 'erase', wanted)).body).toEqual({ erased: 2 })
      expect((await post(relay, 'erase', wanted)).body).toEqual({ erased: 0 })
    }
    const single = inventPersonsLead()
    await postLead(relay, single)
    expect((await admin(relay, `leads/${single.id}`, { method: 'DELETE' })).body).toEqual({ erased: 1 })
    expect((await postLead(relay, other)).body).toMatchObject({ outcome: 'accepted' })
    for (const wrong of [{}, { phone: '1' }, { email: 'x' }, { ...person }])
      expect((await post(relay, 'erase', wrong)).status).toBe(400)
    expect((await request(relay, '/admin/erase', { method: 'POST', body: '{}' })).status).toBe(401)
  })

  it('answers 410 on every route for ever, and takes the id no more', async () => {
    const database = await fixture.usedDatabase()
    const relay = await start(database, config)
    const lead = inventPersonsLead()
    await postLead(relay, lead)
    await post(relay, 'erase', { phone: person.phone })
    const calls = lenders.calls.length
    const ask = async (one: Relay) => {
      for (const [name, send] of Object.entries(routes)) {
        const { status, body } = await send(one, lead)
        expect([name, status, body]).toEqual([
          name,
          410,
          { error: expect.objectContaining({ code: 'erased' }) },
        ])
      }
    }
    await ask(relay)
    await relay.close()
    const again = await start(database, config)
    await ask(again)
    await again.close()
    expect(lenders.calls.length).toBe(calls)
    expect(await readDatabase(database, 'select id_hash as hash from anketa.erased_leads')).toEqual([
      { hash: hashLeadId(lead.id) },
    ])
  })

  it('keeps the proof of consent and nothing else, and gives a person everything before', async () => {
    const database = await fixture.usedDatabase()
    const relay = await start(database, config)
    lenders.answer('first/create', { outcome: 'declined', reason: 'Стираева не прошла' })
    const lead = inventPersonsLead()
    await postLead(relay, lead, { 'user-agent': 'erased-agent' })
    const { body } = await post(relay, 'export', { email: person.email })
    expect(body).toMatchObject({
      leads: [
        {
          id: lead.id,
          revisions: [{ values: person, consents: lead.consents, userAgent: 'erased-agent' }],
          deliveries: [{ outcome: { outcome: 'declined', reason: 'Стираева не прошла' } }],
          attempts: [{ outcome: { outcome: 'declined' } }],
        },
      ],
    })
    await post(relay, 'erase', { phone: person.phone })
    expect((await post(relay, 'export', { phone: person.phone })).body).toMatchObject({
      leads: [],
      consentReceipts: lead.consents.map((consent) => ({ form: 'main', consent })),
    })
    await relay.close()
    const found = await withDatabase(database, async (opened) => {
      const tables = await opened.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_catalog.pg_tables
         where schemaname in ('anketa', 'pgboss')`,
      )
      const marks = `Стираева|9000000077|erased@|erased-agent|${lead.id}`
      const counts = tables.map(async ({ name }) => {
        const rows = await opened.query(`select from ${name} t where t::text ~* '${marks}'`)
        return [name, rows.length] as const
      })
      return (await Promise.all(counts)).filter(([, count]) => count > 0)
    })
    expect(found).toEqual([])
    lenders.answer('first/create', { outcome: 'accepted' })
  })

  it('waits for a call that is under way, or drops its answer', { timeout: 60_000 }, async () => {
    const database = await fixture.usedDatabase()
    const relay = await start(database, config)
    const calls = lenders.calls.length
    const quick = Promise.withResolvers<object>()
    lenders.answer('first/create', () => quick.promise)
    const answering = postLead(relay, inventPersonsLead())
    await expect.poll(() => lenders.calls.length).toBeGreaterThan(calls)
    const erasing = post(relay, 'erase', { phone: person.phone })
    quick.resolve({ outcome: 'accepted', providerId: '7' })
    await answering
    expect((await erasing).body).toEqual({ erased: 1 })

    const hanging = Promise.withResolvers<object>()
    lenders.answer('first/create', () => hanging.promise)
    const lead = inventPersonsLead()
    expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'queued' })
    expect((await post(relay, 'erase', { phone: person.phone })).body).toEqual({ erased: 1 })
    hanging.resolve({ outcome: 'accepted', providerId: '8' })
    lenders.answer('first/create', { outcome: 'accepted' })
    expect((await postLead(relay, inventLead())).body).toMatchObject({ outcome: 'accepted' })
    expect((await postLead(relay, lead)).status).toBe(410)
    await relay.close()
    expect(await readDatabase(database, "select id from anketa.leads where id = '" + lead.id + "'")).toEqual(
      [],
    )
    expect(await readDatabase(database, `select from anketa.attempts where lead = '${lead.id}'`)).toEqual([])
  })
})

it('leaves nothing of a lead that is posted again at the same moment', { timeout: 60_000 }, async () => {
  const database = await fixture.usedDatabase()
  const relay = await start(database)
  lenders.answer('first/create', { outcome: 'declined' })
  const leads = Array.from({ length: 10 }, inventPersonsLead)
  await Promise.all(leads.map((lead) => postLead(relay, lead)))
  await Promise.all([
    post(relay, 'erase', { phone: person.phone }),
    ...leads.map((lead) => postLead(relay, { ...lead, values: { ...lead.values, amount: 20_000 } })),
  ])
  lenders.answer('first/create', { outcome: 'accepted' })
  const calls = lenders.calls.length
  for (const lead of leads) expect((await postLead(relay, lead)).status).toBe(410)
  await relay.close()
  expect(lenders.calls).toHaveLength(calls)
  expect(await readDatabase(database, 'select id from anketa.leads')).toEqual([])
})

it('leaves no readable word and no key in any file, with keys', { timeout: 60_000 }, async () => {
  const database = await fixture.usedDatabase()
  const config = { dataKeys: [{ env: 'DATA_KEY' }] }
  const relay = await start(database, config)
  for (let count = 0; count < 5; count += 1) await postLead(relay, inventLead())
  await postLead(relay, inventPersonsLead())
  await relay.close()
  const keys = await readDatabase<{ wrapped: string }>(
    database,
    `select wrapped from anketa.lead_keys k join anketa.leads l on l.id = k.lead order by l.number desc limit 1`,
  )
  const wrapped = keys[0]?.wrapped ?? ''
  const before = await readStoredBytes(database)
  expect(before.includes(wrapped)).toBe(true)
  expect(before.includes('Стираева')).toBe(false)
  const again = await start(database, config)
  expect((await post(again, 'erase', { phone: person.phone })).body).toEqual({ erased: 1 })
  const after = await readStoredBytes(database).catch(() => undefined)
  expect(after?.includes(wrapped) ?? false).toBe(false)
  await again.close()
  const closed = await readStoredBytes(database)
  expect(closed.includes(wrapped)).toBe(false)
  expect(closed.includes('Стираева')).toBe(false)
})

it('erases leads whose time is over, and none that waits', { timeout: 120_000 }, async () => {
  const database = await fixture.usedDatabase()
  const before = await start(database)
  const old = inventLead()
  await postLead(before, old)
  lenders.answer('first/create', new Response('', { status: 503 }))
  const waiting = inventLead()
  await postLead(before, waiting)
  lenders.answer('first/create', { outcome: 'accepted' })
  await before.close()
  await readDatabase(database, `update anketa.leads set received_at = received_at - interval '31 days'`)
  const relay = await start(database, { retentionDays: 30 })
  const young = inventLead()
  await postLead(relay, young)
  // A round that a slow end of the relay before has kept from its lease comes a minute later.
  await expect.poll(async () => (await postLead(relay, old)).status, { timeout: 75_000 }).toBe(410)
  expect((await postLead(relay, waiting)).body).toMatchObject({ outcome: 'queued' })
  expect((await postLead(relay, young)).status).toBe(200)
})
