import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createConfigReport } from '../../../src/relay/config/report/config-report.ts'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { adminToken, formEntry, inventLead } from '../support/invented.ts'
import { readDatabase } from '../support/read-database.ts'
import { createRelayFixture, postLead, request, requestOutcome } from '../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const forms = { main: { ...formEntry(), destinations: [] } }

it('stores the leads of a form without destinations, with every revision', { timeout: 60_000 }, async () => {
  const database = await fixture.usedDatabase()
  const relay = await fixture.start(database, { forms })
  const lead = inventLead()
  const queued = { status: 202, body: { id: lead.id, outcome: 'queued' } }
  expect(await postLead(relay, lead)).toMatchObject(queued)
  expect(await requestOutcome(relay, lead)).toMatchObject({ body: { outcome: 'queued' } })
  expect(await postLead(relay, lead)).toMatchObject(queued)
  const corrected = { ...lead, values: { ...lead.values, amount: 40_000 } }
  expect(await postLead(relay, corrected)).toMatchObject(queued)
  await relay.close()
  expect(
    await readDatabase(
      database,
      `select l.status, r.revision, r."values" -> 'amount' as amount,
         (select count(*)::int from anketa.deliveries) as deliveries,
         (select count(*)::int from pgboss.job where name = 'delivery') as jobs
       from anketa.leads l join anketa.revisions r on r.lead = l.id order by r.revision`,
    ),
  ).toEqual([
    { status: 'stored', revision: 1, amount: 30_000, deliveries: 0, jobs: 0 },
    { status: 'stored', revision: 2, amount: 40_000, deliveries: 0, jobs: 0 },
  ])
})

it('keeps what a person has corrected when the post from before arrives after it', async () => {
  const database = await fixture.usedDatabase()
  const relay = await fixture.start(database, { forms })
  const lead = inventLead()
  const send = (amount: number, submittedAt: string) =>
    postLead(relay, { ...lead, values: { ...lead.values, amount }, page: { ...lead.page, submittedAt } })
  const answers = [
    await send(40_000, '2026-11-22T12:05:00+03:00'),
    // The same moment in another zone comes first by its text, but not by its time.
    await send(30_000, '2026-11-22T09:04:59Z'),
    await send(50_000, '2026-11-22T09:05:01Z'),
  ]
  for (const answer of answers)
    expect(answer).toMatchObject({ status: 202, body: { id: lead.id, outcome: 'queued' } })
  await relay.close()
  expect(
    await readDatabase(
      database,
      `select revision, "values" -> 'amount' as amount from anketa.revisions order by 1`,
    ),
  ).toEqual([
    { revision: 1, amount: 40_000 },
    { revision: 2, amount: 50_000 },
  ])
})

it.each([
  ['', {}],
  [', encrypted', { dataKeys: [{ env: 'DATA_KEY' }] }],
])('keeps what a person has changed back when the post from in between arrives last%s', async (_, config) => {
  const database = await fixture.usedDatabase()
  const env = { ANKETA_ADMIN_TOKEN: adminToken, DATA_KEY: randomBytes(32).toString('base64') }
  const relay = await fixture.start(database, { forms, config, env })
  const lead = { ...inventLead(), page: { ...inventLead().page, variant: 'b' } }
  const send = (amount: number, submittedAt: string) =>
    postLead(relay, { ...lead, values: { ...lead.values, amount }, page: { ...lead.page, submittedAt } })
  await send(40_000, '2026-11-22T09:01:00Z')
  await send(40_000, '2026-11-22T09:03:00Z')
  // A repeat that arrives late itself takes nothing back.
  await send(40_000, '2026-11-22T09:01:00Z')
  await send(50_000, '2026-11-22T09:02:00Z')
  const response = await request(relay, `/admin/leads/${lead.id}`, {
    headers: { authorization: `Bearer ${adminToken}` },
  })
  expect(response.body).toMatchObject({
    revisions: [
      {
        revision: 1,
        values: { amount: 40_000 },
        page: { startedAt: lead.page.startedAt, submittedAt: '2026-11-22T09:03:00Z', variant: 'b' },
      },
    ],
  })
  await relay.close()
  expect(
    await readDatabase(
      database,
      `select revision, page ->> 'variant' as variant, page ? 'submittedAt' as "isPlain" from anketa.revisions`,
    ),
  ).toEqual([{ revision: 1, variant: 'b', isPlain: !('dataKeys' in config) }])
})

it('reports that such a form only stores its leads', async () => {
  const config = await parseConfig({ forms }, { env: {}, readText: () => Promise.reject(new Error('none')) })
  expect(createConfigReport(config)).toEqual({
    valid: true,
    lines: ['main: ok, its leads are stored and go to no destination'],
  })
})
