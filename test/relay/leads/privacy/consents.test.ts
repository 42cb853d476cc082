import { createHash, randomBytes } from 'node:crypto'
import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainNextReceipts } from '../../../../src/relay/leads/privacy/consents/consent-chain.ts'
import { verifyChain } from '../../../../src/relay/leads/privacy/consents/verify-chain.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { advanceUntil } from '../../support/advance-time.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead } from '../../support/invented.ts'
import { readStoredBytes, withDatabase } from '../../support/read-database.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const env = { ANKETA_ADMIN_TOKEN: adminToken, DATA_KEY: randomBytes(32).toString('base64') }
const lenders = createFakeLenders()
const clock = new TestClock(Date.parse('2026-11-22T09:00:05Z'))
const agent = 'consent-test-agent'

function start(database: string, config: object) {
  return fixture.start(database, {
    env,
    clock,
    config: { ...config },
    providers: lenders.providers,
    fetch: lenders.fetch,
    forms: {
      main: {
        ...formEntry(),
        consents: ['processing', 'transfer', 'advertising', 'history'].map((id) => ({
          ...formEntry().consents[0],
          id,
          required: id === 'processing',
        })),
        answerWithinSeconds: 0,
        destinations: [{ provider: 'lender', name: 'first' }],
      },
    },
  })
}

const admin = (relay: Relay, path: string, init: RequestInit = {}) =>
  request(relay, `/admin/${path}`, { ...init, headers: { authorization: `Bearer ${adminToken}` } })
const ask = (relay: Relay, path: string, body: object) =>
  admin(relay, path, { method: 'POST', body: JSON.stringify(body) })
const exportPdf = (relay: Relay) =>
  relay.fetch(
    new Request('https://relay.example.ru/admin/export', {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ phone, as: 'pdf' }),
    }),
  )
const verify = async (relay: Relay, known?: string) =>
  (await admin(relay, `consents/verify${known === undefined ? '' : `?known=${known}`}`)).body

const phone = '+79000000088'
/** Without the query that the page had. */
const page = 'https://landing.example.ru/loan'
const textSha256 = 'ab'.repeat(32)
function inventConsentingLead(values: object = {}, documents = ['processing', 'transfer']) {
  const lead = inventLead()
  const [processing] = lead.consents
  const consents = documents.map((id) => ({ ...processing, id, textSha256 }))
  return { ...lead, consents, values: { ...lead.values, ...values } }
}

/** The digest of an exported receipt, computed as docs/privacy.md describes it. */
function digestAsDocumented({
  consent,
  ...receipt
}: Record<string, unknown> & { consent: typeof document }): string {
  const sha256 = (list: readonly unknown[]) => createHash('sha256').update(JSON.stringify(list)).digest('hex')
  const { salt, address, userAgent, number, leadHash, form, revision, recipients, widget, receivedAt } =
    receipt
  const { id, documentUrl, version, textSha256: shown, acceptedAt } = consent
  return sha256([
    String(number),
    leadHash,
    form,
    revision,
    [id, documentUrl, version, shown ?? null, acceptedAt],
    receipt['page'],
    recipients,
    widget,
    receivedAt,
    sha256([salt, address, userAgent]),
  ])
}
const document = { id: '', documentUrl: '', version: '', textSha256, acceptedAt: '' }

/** Until the consents of `count` documents are in the chain. */
async function chain(relay: Relay, count: number): Promise<void> {
  await advanceUntil(clock, 10_000, async () =>
    expect(await verify(relay)).toMatchObject({ receipts: count, waiting: 0, intact: true, problems: [] }),
  )
}

describe.each([
  ['with keys', { dataKeys: [{ env: 'DATA_KEY' }] }],
  ['without keys', {}],
])('proofs of consent %s', (_, config) => {
  it('are a receipt for each document of each revision', { timeout: 60_000 }, async () => {
    const database = await fixture.usedDatabase()
    const relay = await start(database, config)
    const lead = inventConsentingLead({ phone })
    await postLead(relay, lead, { 'user-agent': agent })
    await postLead(relay, inventConsentingLead(), { 'user-agent': agent })
    await chain(relay, 4)
    const { body } = await ask(relay, 'export', { phone })
    expect(body).toMatchObject({
      consentReceipts: lead.consents.map((consent) => ({
        form: 'main',
        revision: 1,
        consent,
        page,
        widget: lead.widget,
        recipients: [expect.stringMatching(/^lender-/)],
        receivedAt: expect.stringMatching(/^2026-11-22T09:00:/),
        userAgent: agent,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        batchDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      })),
    })
    const { consentReceipts } = Object(body)
    for (const receipt of consentReceipts) expect(digestAsDocumented(receipt)).toBe(receipt.digest)
    const pdf = await exportPdf(relay)
    expect([pdf.headers.get('content-type'), pdf.headers.get('cache-control')]).toEqual([
      'application/pdf',
      'no-store',
    ])
    expect(Buffer.from(await pdf.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-')
    expect((await ask(relay, 'export', { phone, as: 'html' })).status).toBe(400)
    await relay.close()
    expect((await readStoredBytes(database)).includes(agent)).toBe(!('dataKeys' in config))
  })

  it('stay verifiable when the lead is erased, and are found by its phone', async () => {
    const database = await fixture.usedDatabase()
    const relay = await start(database, config)
    await postLead(relay, inventConsentingLead(), { 'user-agent': agent })
    const early = inventConsentingLead({ phone })
    await postLead(relay, early, { 'user-agent': agent })
    await chain(relay, 4)
    const before = await verify(relay)
    // This one is erased before it has receipts.
    await postLead(relay, inventConsentingLead({ phone }), { 'user-agent': agent })
    expect((await ask(relay, 'erase', { phone })).body).toEqual({ erased: 2 })
    await chain(relay, 6)
    const { head } = Object(before)
    expect(await verify(relay, head)).toMatchObject({ intact: true, erased: 4 })
    const { body } = await ask(relay, 'export', { phone })
    const { consentReceipts } = Object(body)
    expect(consentReceipts).toHaveLength(4)
    expect(consentReceipts[0]).toMatchObject({ consent: early.consents[0], page })
    expect(JSON.stringify(body)).not.toContain(agent)
  })
})

/** What somebody with access to the database does, and what the verification says. */
const forgeries: Readonly<Record<string, readonly [sql: string, problem: RegExp]>> = {
  'another moment': [
    `update anketa.consent_proofs set consent = jsonb_set(consent, '{acceptedAt}', '"2026-01-01T00:00:00Z"') where number = 2`,
    /Receipt 2 of batch 1 was changed/,
  ],
  'another document with a digest of its own': [
    `update anketa.consent_proofs set form = 'other', digest = repeat('0', 64) where number = 1`,
    /Receipt 1 of batch 1 was changed/,
  ],
  'other recipients': [
    `update anketa.consent_proofs set recipients = '{nobody}' where number = 4`,
    /Receipt 4 of batch 1 was changed/,
  ],
  'another address': [
    `update anketa.consent_proofs set content = jsonb_set(content, '{address}', '"192.0.2.77"') where number = 3`,
    /address or the browser of receipt 3 was changed/,
  ],
  'a receipt less': [
    `delete from anketa.consent_proofs where number = 1`,
    /Batch 1 has 3 receipts, and had 4/,
  ],
  'a receipt more': [
    `insert into anketa.consent_proofs (lead_hash, form, revision, consent, widget, received_at, contacts, batch)
     select lead_hash, form, 9, consent, widget, received_at, contacts, batch from anketa.consent_proofs where number = 1`,
    /Batch 1 has 5 receipts, and had 4/,
  ],
  'a batch less': [
    `delete from anketa.consent_batches where number = 1`,
    /Batches before batch 2 are missing/,
  ],
  'the last batch less': [
    `delete from anketa.consent_batches where number = 2`,
    /2 receipts belong to batches that do not exist/,
  ],
  'a batch with another digest': [
    `update anketa.consent_batches set digest = repeat('0', 64) where number = 1`,
    /Batch 2 does not follow the batch before it/,
  ],
  'the receipts of a lead less, before they are in a batch': [
    `delete from anketa.consent_proofs where batch = 2; delete from anketa.consent_batches where number = 2`,
    /The receipts of 1 revisions are missing/,
  ],
}

describe('the verification', () => {
  it('finds every forgery, and the digest that was noted proves that none was hidden', async () => {
    const database = await fixture.usedDatabase()
    const relay = await start(database, {})
    // The receipts of one lead are made in one transaction, so that each of the two is a batch.
    await postLead(relay, inventConsentingLead({}, ['processing', 'transfer', 'advertising', 'history']))
    await chain(relay, 4)
    await postLead(relay, inventConsentingLead())
    await chain(relay, 6)
    const { head } = Object(await verify(relay))
    await relay.close()
    const backup = ['consent_proofs', 'consent_batches']
    await withDatabase(database, async (opened) => {
      for (const table of backup)
        await opened.query(`create table anketa.kept_${table} as select * from anketa.${table}`)
    })
    for (const [name, [sql, problem]] of Object.entries(forgeries)) {
      const report = await withDatabase(database, async (opened) => {
        for (const statement of sql.split(';')) await opened.query(statement)
        const found = await verifyChain(opened)
        for (const table of backup) {
          await opened.query(`delete from anketa.${table}`)
          await opened.query(
            `insert into anketa.${table} overriding system value select * from anketa.kept_${table}`,
          )
        }
        return found
      })
      expect([name, report.intact]).toEqual([name, false])
      expect([name, report.problems.join('\n')]).toEqual([name, expect.stringMatching(problem)])
    }
    await withDatabase(database, async (opened) => {
      expect(await verifyChain(opened, head)).toMatchObject({ intact: true, batches: 2, receipts: 6 })
      // Everything from the first receipt on is made again, so that the chain alone cannot tell.
      await opened.query(`update anketa.consent_proofs set form = 'other', batch = null, digest = null`)
      await opened.query('delete from anketa.consent_batches')
      await chainNextReceipts(opened, new Date(clock.now()))
      expect(await verifyChain(opened)).toMatchObject({ intact: true })
      expect(await verifyChain(opened, head)).toMatchObject({
        intact: false,
        problems: [expect.stringMatching(/No batch has the known digest/)],
      })
    })
  })

  it('follows the numbers of receipts and batches, however many digits they have', async () => {
    await withDatabase(await fixture.usedDatabase(), async (opened) => {
      const consent = JSON.stringify(inventConsentingLead().consents[0])
      const addReceipts = (count: number) =>
        opened.query(
          `insert into anketa.consent_proofs (lead_hash, form, revision, consent, widget, received_at, contacts)
           select repeat('0', 64), 'main', 1, $1::jsonb, '', now(), '{}' from generate_series(1, $2::int)`,
          [consent, count],
        )
      for (const count of [8, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 90]) {
        await addReceipts(count)
        expect(await chainNextReceipts(opened, new Date(clock.now()))).toMatchObject({ receipts: count })
      }
      expect(await verifyChain(opened)).toMatchObject({ intact: true, batches: 13, receipts: 112 })
    })
  })

  it('is for the operator only', async () => {
    const relay = await start(await fixture.usedDatabase(), {})
    expect((await request(relay, '/admin/consents/verify')).status).toBe(401)
    expect((await admin(relay, 'consents/verify?known=1')).status).toBe(400)
    expect(await verify(relay)).toEqual({
      intact: true,
      batches: 0,
      receipts: 0,
      erased: 0,
      waiting: 0,
      problems: [],
    })
  })
})
