import { randomBytes } from 'node:crypto'
import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../../src/relay/database/database.ts'
import { createContactHasher } from '../../../../src/relay/database/encryption/key-ring.ts'
import { migrateTo } from '../../../../src/relay/database/migrations.ts'
import { hashLeadId } from '../../../../src/relay/runtime/hash.ts'
import { advanceUntil } from '../../support/advance-time.ts'
import { adminToken, formEntry, inventLead, type InventedLead } from '../../support/invented.ts'
import { withDatabase } from '../../support/read-database.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const dataKey = randomBytes(32)
const env = { ANKETA_ADMIN_TOKEN: adminToken, DATA_KEY: dataKey.toString('base64') }
const clock = new TestClock(Date.parse('2026-11-29T09:00:00Z'))

const phone = '+79000000093'
const phoneHash = createContactHasher({ dataKeys: [dataKey] }, '').hash('phone', phone)
const [first, second, erased] = [inventLead(), inventLead(), inventLead()]
const [processing] = first.consents
const consents = ['processing', 'transfer'].map((id) => ({ ...processing, id }))
const receivedAt = '2026-10-01T09:00:00.000Z'

/** Stores a lead in the columns that both versions of the schema have. */
async function insertLead(database: Database, lead: InventedLead): Promise<void> {
  await database.query(
    `insert into anketa.leads (id, form, key_hash, revision, status, received_at) values ($1, 'main', '', 1, 'declined', $2)`,
    [lead.id, receivedAt],
  )
  await database.query(
    `insert into anketa.revisions (lead, revision, "values", consents, attribution, page, widget, received_at, ip, user_agent)
     values ($1, 1, $2::jsonb, $3::jsonb, '{"utm_source": "yandex"}', $4::jsonb, '0.0.9', $5, '"192.0.2.9"', '"older-agent"')`,
    [
      lead.id,
      JSON.stringify({ ...lead.values, phone }),
      JSON.stringify(consents),
      JSON.stringify({ ...lead.page, url: 'https://landing.example.ru/loan' }),
      receivedAt,
    ],
  )
  await database.query(`insert into anketa.lead_contacts (lead, hash, key_id) values ($1, '', 'none')`, [
    lead.id,
  ])
}

/** The schema with one proof for all consents of an erased lead, and the one that gave each a receipt. */
const versionWithProofs = 10
const versionWithReceipts = 11

it('an upgrade takes over the proofs of all earlier versions', { timeout: 120_000 }, async () => {
  const database = await fixture.emptyDatabase()
  await withDatabase(database, async (opened) => {
    await opened.transaction((transaction) => migrateTo(transaction, versionWithProofs))
    await insertLead(opened, first)
    await opened.query(
      `insert into anketa.consent_proofs (lead_hash, form, revision, consents, widget, received_at, contacts)
         values ($1, 'main', 1, $2::jsonb, '0.0.9', $3, array[$4])`,
      [hashLeadId(erased.id), JSON.stringify(consents), receivedAt, phoneHash],
    )
    await opened.transaction((transaction) => migrateTo(transaction, versionWithReceipts))
    await insertLead(opened, second)
    await opened.query(
      `insert into anketa.consents_to_prove (lead, revision, recipients) values ($1, 1, '{devtek-0a1b2c3d}')`,
      [second.id],
    )
  })
  const relay = await fixture.start(database, {
    env,
    clock,
    config: { dataKeys: [{ env: 'DATA_KEY' }] },
    forms: { main: { ...formEntry(), destinations: [] } },
  })
  expect((await postLead(relay, inventLead())).status).toBe(202)
  const admin = async (path: string, body?: object) =>
    Object(
      (
        await request(relay, `/admin/${path}`, {
          headers: { authorization: `Bearer ${adminToken}` },
          ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
        })
      ).body,
    )
  // The receipts wait for the leads' keys, which are made every minute.
  await advanceUntil(clock, 60_000, async () =>
    expect(await admin('consents/verify')).toMatchObject({
      intact: true,
      problems: [],
      receipts: 7,
      waiting: 0,
    }),
  )
  expect(await admin('stats?from=2026-09-30&to=2026-10-02')).toMatchObject({
    funnel: [{ day: '2026-10-01', source: 'yandex', sent: 2, declined: 2 }],
  })
  const { leads, consentReceipts } = await admin('export', { phone })
  const ids = [first.id, second.id].toSorted()
  expect(leads).toMatchObject(ids.map((id) => ({ id, revisions: [{ values: { phone }, consents }] })))
  const whole = {
    address: '192.0.2.9',
    userAgent: 'older-agent',
    page: 'https://landing.example.ru/loan',
  }
  const expected = [
    { lead: erased, recipients: null, contentDigest: null },
    { lead: first, recipients: null, ...whole },
    { lead: second, recipients: ['devtek-0a1b2c3d'], ...whole },
  ].flatMap(({ lead, ...rest }) =>
    consents.map((consent) =>
      expect.objectContaining({
        form: 'main',
        revision: 1,
        widget: '0.0.9',
        receivedAt,
        batch: expect.any(Number),
        leadHash: hashLeadId(lead.id),
        consent,
        ...rest,
      }),
    ),
  )
  expect(consentReceipts).toHaveLength(expected.length)
  expect(consentReceipts).toEqual(expect.arrayContaining(expected))
})
