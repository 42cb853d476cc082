import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../src/relay/database/database.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import {
  createStatisticsReader,
  type StatisticsQuery,
} from '../../../../src/relay/leads/statistics/read-statistics.ts'
import { askAdmin } from '../../http/console/console-client.ts'
import { createFakeLenders } from '../../support/fake-lenders.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { readDatabase, withDatabase } from '../../support/read-database.ts'
import { createRelayFixture, postLead, request } from '../../support/relay-fixture.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const clock = new TestClock(Date.parse('2026-11-22T22:30:00Z'))
/** In Moscow it is the next day already. */
const day = '2026-11-23'
const query = { from: '2026-11-01', to: day }

function start(
  database: string,
  config: Readonly<Record<string, unknown>> = {},
  env?: Record<string, string>,
) {
  const lenders = createFakeLenders()
  return fixture.start(database, {
    clock,
    config,
    ...(env ? { env } : {}),
    providers: lenders.providers,
    fetch: lenders.fetch,
    forms: { main: { ...formEntry(), destinations: [{ provider: 'lender', name: 'first' }] } },
  })
}

const post = (relay: Relay, event: unknown) =>
  request(relay, '/forms/main/events', {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
    body: typeof event === 'string' ? event : JSON.stringify(event),
  })

const readStatistics = (database: string, asked: StatisticsQuery) =>
  withDatabase(database, (opened: Database) => createStatisticsReader(opened).read(asked))

describe('events of a form', () => {
  it('are counted by day, variant and source, beside what became of the leads', async () => {
    const database = await fixture.usedDatabase()
    const relay = await start(database)
    const where = { variant: 'b', source: 'yandex' }
    for (const event of [
      { event: 'view' },
      { event: 'view', ...where },
      { event: 'start', ...where },
      { event: 'step', step: 'person', ...where },
      { event: 'leave', step: 'person', field: 'phone', codes: ['phone-incomplete'], ...where },
      { event: 'submit', ...where },
    ])
      expect(await post(relay, event)).toMatchObject({ status: 204 })
    const lead = inventLead()
    await postLead(relay, {
      ...lead,
      attribution: { utm_source: 'yandex' },
      page: { ...lead.page, variant: 'b' },
    })
    await relay.close()
    const none = { view: 0, start: 0, submit: 0, sent: 0, accepted: 0, declined: 0, waiting: 0 }
    expect(await readStatistics(database, query)).toEqual({
      funnel: [
        { ...none, day, form: 'main', variant: '', source: '', view: 1 },
        {
          day,
          form: 'main',
          ...where,
          view: 1,
          start: 1,
          submit: 1,
          sent: 1,
          accepted: 1,
          declined: 0,
          waiting: 0,
        },
      ],
      steps: [{ form: 'main', step: 'person', count: 1 }],
      left: [
        { form: 'main', step: 'person', field: 'phone', code: '', count: 1 },
        { form: 'main', step: 'person', field: 'phone', code: 'phone-incomplete', count: 1 },
      ],
    })
    expect(await readStatistics(database, { ...query, form: 'another' })).toEqual({
      funnel: [],
      steps: [],
      left: [],
    })
    expect(await readStatistics(database, { from: '2026-11-24', to: '2026-11-30' })).toEqual({
      funnel: [],
      steps: [],
      left: [],
    })
  })

  it('of steps and fields add up over variants, sources and days', async () => {
    const database = await fixture.usedDatabase()
    const relay = await start(database)
    for (const where of [{}, { variant: 'b' }, { source: 'yandex' }, { variant: 'b', source: 'vk' }]) {
      await post(relay, { event: 'step', step: 'person', ...where })
      await post(relay, {
        event: 'leave',
        step: 'person',
        field: 'phone',
        codes: ['phone-incomplete'],
        ...where,
      })
    }
    await relay.close()
    await withDatabase(database, (opened) =>
      opened.query(
        `insert into anketa.event_counts (form, day, event, step, field, code, variant, source, count)
         values ('main', '2026-11-22', 'step', 'person', '', '', '', '', 5),
           ('main', '2026-10-22', 'step', 'person', '', '', '', '', 7), ('second', '2026-11-22', 'step', 'a', '', '', '', '', 1)`,
      ),
    )
    const counted = {
      steps: [{ form: 'main', step: 'person', count: 9 }],
      left: [
        { form: 'main', step: 'person', field: 'phone', code: '', count: 4 },
        { form: 'main', step: 'person', field: 'phone', code: 'phone-incomplete', count: 4 },
      ],
    }
    expect(await readStatistics(database, { ...query, form: 'main' })).toMatchObject(counted)
    expect(await readStatistics(database, query)).toMatchObject({
      ...counted,
      steps: [...counted.steps, { form: 'second', step: 'a', count: 1 }],
    })
  })

  it('of several relays add up', async () => {
    const database = await fixture.usedDatabase()
    for (let count = 0; count < 2; count += 1) {
      const relay = await start(database)
      await post(relay, { event: 'view' })
      await relay.close()
    }
    expect(await readStatistics(database, query)).toMatchObject({
      funnel: [{ view: 2 }],
    })
  })

  it('store nothing that could be of a person, and a bounded number of rows', async () => {
    const database = await fixture.usedDatabase()
    const relay = await start(database)
    await post(relay, {
      event: 'leave',
      step: '+79000000001',
      field: 'custom.+79000000001',
      codes: ['+79000000001'],
      variant: 'tel +79000000001',
      source: 'person@example.ru',
      id: '01990000-0000-7000-8000-000000000001',
    })
    for (let count = 0; count < 300; count += 1)
      await post(relay, { event: 'view', variant: `variant-${count}` })
    await relay.close()
    const rows = await readDatabase<object>(database, 'select * from anketa.event_counts')
    expect(rows.length).toBeLessThanOrEqual(202)
    expect(rows).toContainEqual(expect.objectContaining({ event: 'leave', step: '', field: '', code: '' }))
    expect(JSON.stringify(rows)).not.toMatch(/9000000001|person@|01990000/)
  })

  it('are shown to operators, also of encrypted leads, in the order of the steps', async () => {
    const keys = { DATA_KEY: Buffer.alloc(32, 7).toString('base64') }
    const relay = await start(await fixture.usedDatabase(), { dataKeys: [{ env: 'DATA_KEY' }] }, keys)
    await post(relay, { event: 'view', source: 'yandex', variant: 'b' })
    const lead = inventLead()
    await postLead(relay, {
      ...lead,
      attribution: { utm_source: 'yandex' },
      page: { ...lead.page, variant: 'b' },
    })
    const { body } = await askAdmin(relay, 'GET /admin/stats')
    expect(body).toMatchObject({
      from: '2026-10-25',
      to: day,
      counting: true,
      forms: [{ form: 'main', steps: formEntry().definition.steps.map(({ id }) => ({ step: id })) }],
      funnel: [{ day, variant: 'b', source: 'yandex', view: 1, sent: 1 }],
    })
    const today = await askAdmin(relay, `GET /admin/stats?from=${day}&to=${day}&form=another`)
    expect(today.body).toMatchObject({ funnel: [], steps: [], left: [] })
    for (const query of [
      'from=2026-13-01',
      'to=yesterday',
      'from=2026-11-24&to=2026-11-23',
      'from=2026-01-01',
    ])
      expect(await askAdmin(relay, `GET /admin/stats?${query}`)).toMatchObject({ status: 400 })
  })

  it('are refused unless they have the right form', async () => {
    const relay = await start(await fixture.usedDatabase())
    const refused: readonly (readonly [unknown, number])[] = [
      ['view', 400],
      [{ event: 'purchase' }, 400],
      [['view'], 400],
      [{ event: 'view', variant: 'x'.repeat(301) }, 400],
      [{ event: 'view', other: 'x'.repeat(2100) }, 413],
    ]
    for (const [event, status] of refused) expect(await post(relay, event)).toMatchObject({ status })
  })

  it('are neither asked for nor taken where statistics are off', async () => {
    const relay = await start(await fixture.usedDatabase(), { statistics: false })
    expect((await request(relay, '/forms/main')).body).not.toHaveProperty('statistics')
    expect(await post(relay, { event: 'view' })).toMatchObject({ status: 404 })
    const other = await start(await fixture.usedDatabase())
    expect((await request(other, '/forms/main')).body).toMatchObject({ statistics: true })
  })
})
