import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { createFakeProvider } from '../../support/fake-provider.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { readDatabase } from '../../support/read-database.ts'
import { createRelayFixture, request } from '../../support/relay-fixture.ts'

const timeout = 90_000
const provider = createFakeProvider()
const log: string[] = []
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay
let database: string
beforeAll(async () => {
  fixture = await createRelayFixture()
  database = await fixture.usedDatabase()
  relay = await fixture.start(database, {
    fetch: provider.fetch,
    log: (...line) => log.push(JSON.stringify(line)),
    forms: { main: formEntry(), careful: { ...formEntry(), suspects: 'hold' } },
  })
}, timeout)
afterAll(() => fixture.end())

function post(name: string, lead: object) {
  return request(relay, `/forms/${name}/leads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(lead),
  })
}

const filledAtOnce = {
  url: 'https://landing.example.ru/loan',
  startedAt: '2026-11-22T12:00:00.000+03:00',
  submittedAt: '2026-11-22T12:00:00.900+03:00',
}

it(
  'leads that no person seems to have filled in are marked, and delivered or held',
  async () => {
    const leads = {
      person: inventLead(),
      empty: { ...inventLead(), website: '  ' },
      trapped: { ...inventLead(), website: 'https://spam.example' },
      quick: { ...inventLead(), page: filledAtOnce },
      both: { ...inventLead(), website: 'x', page: filledAtOnce },
      held: { ...inventLead(), website: 'x' },
    }
    for (const lead of [leads.person, leads.empty, leads.trapped, leads.quick, leads.both])
      expect(await post('main', lead)).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    const delivered = provider.bodies.length
    expect(delivered).toBe(5)

    // The sender learns nothing of it.
    expect(await post('careful', leads.held)).toMatchObject({
      status: 202,
      body: { id: leads.held.id, outcome: 'queued' },
    })
    expect(provider.bodies.length).toBe(delivered)
    await relay.close({ graceMs: 1000 })

    const rows = await readDatabase<{ id: string; suspicions: readonly string[]; status: string }>(
      database,
      'select id, suspicions, status from anketa.leads order by number',
    )
    const found = (id: string) => {
      const row = rows.find((other) => other.id === id)
      return row && [row.suspicions, row.status]
    }
    expect(found(leads.person.id)).toEqual([[], 'accepted'])
    expect(found(leads.empty.id)).toEqual([[], 'accepted'])
    expect(found(leads.trapped.id)).toEqual([['hidden-field'], 'accepted'])
    expect(found(leads.quick.id)).toEqual([['filled-at-once'], 'accepted'])
    expect(found(leads.both.id)).toEqual([['hidden-field', 'filled-at-once'], 'accepted'])
    expect(found(leads.held.id)).toEqual([['hidden-field'], 'stored'])
    expect(log.filter((line) => line.includes('suspicious'))).toHaveLength(4)
    // What was typed into the field is kept nowhere.
    expect(JSON.stringify([log, provider.bodies])).not.toContain('spam.example')
  },
  timeout,
)

it(
  'a plain HTML form knows no times, and has the field',
  async () => {
    const other = await fixture.usedDatabase()
    const started = await fixture.start(other, {
      forms: { main: { ...formEntry(), suspects: 'hold' } },
      fetch: provider.fetch,
    })
    const send = (fields: Readonly<Record<string, string>>) =>
      request(started, '/forms/main/leads', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...htmlForm, ...fields }).toString(),
      })
    expect((await send({ website: '' })).text).toContain('<h1>Заявка принята</h1>')
    const before = provider.bodies.length
    expect((await send({ website: 'https://spam.example', firstName: 'Пётр' })).status).toBe(200)
    expect(provider.bodies.length).toBe(before)
    await started.close({ graceMs: 1000 })
    expect(await readDatabase(other, 'select suspicions, status from anketa.leads order by number')).toEqual([
      { suspicions: [], status: 'accepted' },
      { suspicions: ['hidden-field'], status: 'stored' },
    ])
  },
  timeout,
)

/** The inputs of a plain HTML form. */
const htmlForm = {
  amount: '30 000',
  lastName: 'Примеров',
  firstName: 'Иван',
  noMiddleName: 'on',
  birthDate: '31.01.1990',
  phone: '8 900 000-00-62',
  city: 'Москва',
  cityKladr: '7700000000000',
  'consent.processing': 'on',
}
