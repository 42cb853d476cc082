import { randomBytes } from 'node:crypto'
import { array, number, object, optional, parse, string } from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { formatLeadNumber } from '../../../../src/lead/lead-number.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { adminToken, formEntry, inventLead, type InventedLead } from '../../support/invented.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'
import { askAdmin } from './console-client.ts'

const listSchema = object({
  leads: array(
    object({
      id: string(),
      number: string(),
      form: string(),
      status: string(),
      receivedAt: string(),
      person: string(),
      amount: number(),
      destination: optional(string()),
      problem: optional(string()),
    }),
  ),
  next: optional(string()),
})

/** What is known of a lead from the outside. */
interface Known {
  readonly lead: InventedLead
  readonly form: string
  readonly status: string
  readonly source: string
  readonly destination: string
}

const lenders = createFakeLenders()
const known: Known[] = []
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let database: string
let relay: Relay

beforeAll(async () => {
  fixture = await createRelayFixture()
  database = await fixture.usedDatabase()
  await start()
  lenders.answer('first/create', ({ body }) => ({
    outcome: Number(body['amount']) % 2 === 0 ? 'accepted' : 'declined',
  }))
  const sources = ['vk', 'yandex', 'vk:2']
  for (let index = 0; index < 9; index += 1) {
    const lead = inventLead()
    const form = index % 4 === 3 ? 'other' : 'main'
    const source = sources[index % 3] ?? ''
    lead.values.amount = 20_000 + index
    Object.assign(lead.values, {
      email: `person${index}@example.ru`,
      lastName: ['Примеров', 'Ёлкин-Иванов'][index % 2],
      firstName: index < 4 ? 'Иван' : 'Пётр',
    })
    lead.attribution.utm_source = source
    const { status } = await request(relay, `/forms/${form}/leads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(lead),
    })
    if (status !== 200) throw new Error(`The lead was not delivered: ${status}`)
    known.push({
      lead,
      form,
      source,
      status: form === 'main' && index % 2 === 1 ? 'declined' : 'accepted',
      destination: form === 'other' ? 'lender-second' : 'lender-first',
    })
  }
}, 120_000)
afterAll(() => fixture.end())

async function start() {
  const entry = (name: string) => ({
    ...formEntry(),
    destinations: [{ provider: 'lender', id: `lender-${name}`, name }],
  })
  relay = await fixture.start(database, {
    fetch: lenders.fetch,
    providers: lenders.providers,
    forms: { main: entry('first'), other: entry('second') },
    env: { ANKETA_KEY: randomBytes(32).toString('base64') },
    config: { dataKeys: [{ env: 'ANKETA_KEY' }] },
  })
}

async function list(query: Readonly<Record<string, string>> = {}) {
  const { status, body } = await askAdmin(relay, `GET /admin/leads?${new URLSearchParams(query)}`)
  expect(status).toBe(200)
  return parse(listSchema, body)
}

async function latestAudit(count: number): Promise<readonly unknown[]> {
  const { body } = await askAdmin(relay, 'GET /admin/audit')
  const { entries }: { readonly entries: readonly unknown[] } = Object(body)
  return entries.slice(0, count)
}

function idsOf(leads: readonly { readonly id: string }[]): readonly string[] {
  return leads.map(({ id }) => id)
}

it('lists the leads that a filter names, the latest first', async () => {
  const filters = [
    [{}, () => true],
    [{ form: 'other' }, (one: Known) => one.form === 'other'],
    [{ status: 'declined' }, (one: Known) => one.status === 'declined'],
    [{ destination: 'lender-second' }, (one: Known) => one.destination === 'lender-second'],
    [{ destination: 'lender-nobody' }, () => false],
    [{ attribution: 'utm_source:vk' }, (one: Known) => one.source === 'vk'],
    [{ attribution: 'utm_source:vk:2' }, (one: Known) => one.source === 'vk:2'],
    [{ attribution: 'utm_campaign:vk' }, () => false],
    [{ from: '2026-01-01' }, () => true],
    [{ to: '2026-01-01' }, () => false],
  ] as const
  for (const [first, isFirst] of filters) {
    for (const [second, isSecond] of filters) {
      const query = { ...first, ...second }
      // Of two filters with one name the second holds.
      const overridden = Object.keys(first).some((name) => name in second)
      const expected = known.filter((one) => isSecond(one) && (overridden || isFirst(one))).toReversed()
      const { leads, next } = await list(query)
      expect({ query, ids: idsOf(leads), next }).toEqual({
        query,
        ids: expected.map(({ lead }) => lead.id),
        next: undefined,
      })
    }
  }
})

it('takes moments and days in Moscow', async () => {
  const all = (await list()).leads
  const moment = all[3]?.receivedAt ?? ''
  const later = all.filter(({ receivedAt }) => receivedAt >= moment)
  expect(idsOf((await list({ from: moment })).leads)).toEqual(idsOf(later))
  expect(idsOf((await list({ to: moment })).leads)).toEqual(
    idsOf(all.filter(({ receivedAt }) => receivedAt < moment)),
  )
  const day = new Date(Date.parse(moment) + 3 * 3600 * 1000).toISOString().slice(0, 10)
  expect(idsOf((await list({ from: day, to: day })).leads)).toContain(all[3]?.id)
})

it('refuses a filter that it does not know, without quoting it', async () => {
  for (const query of [
    'phone=79000000001',
    'status=sold',
    'attribution=yclid:1',
    'from=yesterday',
    'cursor=x',
    'number=1',
  ]) {
    const { status, body } = await askAdmin(relay, `GET /admin/leads?${query}`)
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { code: 'parameter' } })
  }
})

it('says of each lead what an operator looks for, with the person masked', async () => {
  const [latest] = (await list()).leads
  const one = known.at(-1)
  expect(latest).toMatchObject({
    id: one?.lead.id,
    number: formatLeadNumber(one?.lead.id ?? ''),
    amount: 20_008,
    destination: 'lender-first',
    person: `П…в П., +7 900 ***-**-${String(one?.lead.values.phone).slice(-2)}`,
  })
})

it('finds a person by phone, e-mail address, name and number, however they are written', async () => {
  const find = async (body: object) => {
    const response = await askAdmin(relay, 'POST /admin/leads/search', body)
    expect(response.status).toBe(200)
    return idsOf(parse(listSchema, response.body).leads)
  }
  const { id, values } = known[1]?.lead ?? inventLead()
  const phone = values.phone.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '8 ($1) $2-$3-$4')
  expect(await find({ phone })).toEqual([id])
  expect(await find({ email: 'PERSON1@Example.ru ' })).toEqual([id])
  expect(await find({ number: formatLeadNumber(id).replace('-', '').toLowerCase() })).toEqual([id])
  const elkins = known
    .filter((_, index) => index % 2 === 1)
    .map(({ lead }) => lead.id)
    .toReversed()
  expect(await find({ name: ' елкин-иванов ' })).toEqual(elkins)
  expect(await find({ name: 'Ёлкин-Иванов петр' })).toEqual(elkins.slice(0, 2))
  expect(await find({ name: 'Ёлкин-Иванов', form: 'other' })).toEqual(
    idsOf(
      known
        .filter(({ form }) => form === 'other')
        .map(({ lead }) => lead)
        .toReversed(),
    ),
  )
  expect(await find({ name: 'Ёлкин' })).toEqual([])
  for (const body of [{}, { phone, email: 'a@b.ru' }, { phone: '12' }, { surname: 'x' }, [], 'text'])
    expect((await askAdmin(relay, 'POST /admin/leads/search', body)).status).toBe(400)
})

it('shows a lead without a full value in it, and records who reveals them before it does', async () => {
  const { id, values } = known[0]?.lead ?? inventLead()
  const page = await askAdmin(relay, `GET /admin/leads/${id}`)
  expect(page.status).toBe(200)
  expect(page.body).toMatchObject({
    id,
    revision: 1,
    revisions: [
      {
        values: { amount: 20_000, lastName: 'П…в', birthDate: '1990-**-**' },
        consents: [{ id: 'processing' }],
      },
    ],
    deliveries: [
      {
        destination: 'lender-first',
        provider: 'lender',
        status: 'decided',
        outcome: 'accepted',
        canRetry: false,
        canResolve: false,
        attempts: [{ number: 1, outcome: 'accepted' }],
        request: { url: 'https://lender.example/first/create' },
      },
    ],
    audit: [],
  })
  for (const secret of [
    values.lastName,
    values.birthDate,
    values.phone,
    values.phone.slice(1),
    'person0@example.ru',
    values.city,
  ])
    expect(page.text).not.toContain(secret)
  const revealed = await askAdmin(relay, `POST /admin/leads/${id}/reveal`)
  expect(revealed.body).toMatchObject({ id, revisions: [{ revision: 1, values }] })
  expect((await askAdmin(relay, `GET /admin/leads/${id}`)).body).toMatchObject({
    audit: [{ user: 'admin', action: 'reveal', lead: id }],
  })
})

it('exports what the filter names as CSV for a spreadsheet and as lines of JSON', async () => {
  const lead = inventLead()
  Object.assign(lead.values, { firstName: 'Анна', lastName: 'Кавычкина' })
  lead.attribution.utm_source = '=HYPERLINK("x")'
  await postLead(relay, lead)
  const csv = await request(relay, '/admin/leads.csv?form=main', {
    headers: { authorization: `Bearer ${adminToken}` },
  })
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(csv.headers.get('cache-control')).toBe('no-store')
  const raw = csv.text
  const lines = raw.split('\r\n')
  expect(lines).toHaveLength(known.filter(({ form }) => form === 'main').length + 3)
  expect(lines[0]).toContain('Фамилия;Имя')
  expect(lines[1]).toContain(`;${lead.values.phone.slice(1)};`)
  expect(lines[1]).toContain(`;"'=HYPERLINK(""x"")";`)
  expect(lines.slice(1).join('\n')).not.toMatch(/(^|;|")[=+@-]/m)
  const ndjson = await request(relay, '/admin/leads.ndjson?status=declined', {
    headers: { authorization: `Bearer ${adminToken}` },
  })
  const rows = ndjson.text
    .trim()
    .split('\n')
    .map((line): { readonly values?: { readonly phone?: string } } => JSON.parse(line))
  const declined = known.filter(({ status }) => status === 'declined').map((one) => one.lead.values.phone)
  expect(rows.map(({ values }) => values?.phone)).toEqual(declined.toReversed())
  expect(await latestAudit(2)).toMatchObject([
    { action: 'export', details: { status: 'declined', file: 'leads.ndjson' }, count: rows.length },
    { action: 'export', details: { form: 'main', file: 'leads.csv' }, count: lines.length - 2 },
  ])
})

it('pages through all leads once, whatever is stored meanwhile', async () => {
  for (let index = 0; index < 50; index += 1) await postLead(relay, inventLead())
  const first = await list({ form: 'main' })
  expect(first.leads).toHaveLength(50)
  await postLead(relay, inventLead())
  const second = await list({ form: 'main', cursor: first.next ?? '' })
  const seen = [...idsOf(first.leads), ...idsOf(second.leads)]
  expect(new Set(seen).size).toBe(seen.length)
  const own = known.filter(({ form }) => form === 'main').map(({ lead }) => lead.id)
  expect(own.filter((id) => !seen.includes(id))).toEqual([])
  expect(second.next).toBeUndefined()
}, 120_000)

it('leaves of an erased lead the hash of its id in the audit log', async () => {
  const { id } = known[0]?.lead ?? inventLead()
  expect((await askAdmin(relay, `DELETE /admin/leads/${id}`)).body).toEqual({ erased: 1 })
  for (const route of [
    `GET /admin/leads/${id}`,
    `POST /admin/leads/${id}/reveal`,
    `POST /admin/leads/${id}/retry`,
  ])
    expect((await askAdmin(relay, route)).status).toBe(410)
  const audit = await askAdmin(relay, 'GET /admin/audit')
  expect(await latestAudit(1)).toMatchObject([
    { user: 'admin', action: 'erase', leadHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ])
  expect(audit.text).not.toContain(id)
  expect(
    (await askAdmin(relay, 'POST /admin/leads/retry', { ids: [id, inventLead().id, 'x'] })).body,
  ).toMatchObject({
    retried: [],
    skipped: [{ id, code: 'erased' }, { code: 'unknown-lead' }, { id: 'x', code: 'unknown-lead' }],
  })
})
