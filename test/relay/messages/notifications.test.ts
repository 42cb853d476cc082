import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatLeadNumber } from '../../../src/lead/lead-number.ts'
import { createRelayFixture, postLead, requestHealth } from '../support/relay-fixture.ts'
import { advanceToRest, advanceUntil } from '../support/advance-time.ts'
import { inventLead } from '../support/invented.ts'
import {
  botToken,
  createMessageScenario,
  hookSecret,
  refuseConnection,
  silence,
} from '../support/messages/receivers.ts'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

const timeout = 90_000
const hour = 3600_000
const events = ['new', 'failed', 'refused', 'uncertain', 'accepted', 'declined']
const telegram = { on: events, telegram: { token: { env: 'BOT' }, chat: -100123 } }
const webhook = {
  on: events,
  name: 'crm',
  webhook: { url: 'https://crm.example.ru/notices', secret: { env: 'HOOK' } },
}

describe('Telegram', { timeout }, () => {
  it('gets a message for each event of a lead, in order, without personal data', async () => {
    const scenario = createMessageScenario(fixture)
    const relay = await scenario.start(await fixture.usedDatabase(), { notify: [telegram] })
    scenario.lenders.answer('first/create', { outcome: 'refused', reason: 'status 403' })
    scenario.lenders.answer('second/create', { outcome: 'uncertain', reason: 'no answer: timeout' })
    const anybody = inventLead()
    const lead = { ...anybody, values: { ...anybody.values, region: 'Тюменская обл' } }
    expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'queued' })
    await scenario.pass(5)
    const number = formatLeadNumber(lead.id)
    expect(scenario.texts().map((text) => text.split('\n')[0])).toEqual([
      `Новая заявка ${number}`,
      `Заявку ${number} не взяли из-за настроек`,
      `Неизвестно, дошла ли заявка ${number}`,
    ])
    const [first, second] = scenario.texts()
    expect(first?.split('\n').slice(1)).toEqual([
      'Форма: main',
      'Сумма: 30\u00A0000\u00A0₽',
      'Регион: Тюменская обл',
      `https://leads.example.ru/console/leads/${lead.id}`,
    ])
    expect(second).toContain('Причина: status 403')
    expect(scenario.calls[0]?.url.href).toBe(`https://api.telegram.org/bot${botToken}/sendMessage`)
    expect(scenario.calls[0]?.json).toMatchObject({ chat_id: '-100123' })
    for (const { text } of scenario.calls) expect(text).not.toMatch(/Пример|Иван|7900|1990/)
    expect(JSON.stringify(scenario.lines)).not.toContain('invented-token')
  })

  it('is not called while it asks for a pause, and gets everything after it', async () => {
    const scenario = createMessageScenario(fixture)
    const relay = await scenario.start(await fixture.usedDatabase(), {
      notify: [{ ...telegram, on: ['new'] }],
    })
    scenario.answer(() =>
      Response.json(
        { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 40 } },
        { status: 429 },
      ),
    )
    await postLead(relay, inventLead())
    await scenario.pass(2)
    expect(scenario.calls).toHaveLength(1)
    scenario.answer(() => Response.json({ ok: true }))
    await postLead(relay, inventLead())
    await scenario.pass(30)
    expect(scenario.calls).toHaveLength(1)
    await scenario.pass(15)
    expect(scenario.calls).toHaveLength(3)
    expect((scenario.calls[1]?.at ?? 0) - (scenario.calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(40_000)
  })

  it('gets one digest where more than 20 leads come in a minute', async () => {
    const scenario = createMessageScenario(fixture)
    const relay = await scenario.start(await fixture.usedDatabase(), {
      notify: [{ ...telegram, on: ['new'] }],
    })
    for (let count = 0; count < 20; count += 1) {
      await postLead(relay, inventLead())
      await scenario.pass(1)
    }
    expect(scenario.texts()).toHaveLength(20)
    for (let count = 0; count < 15; count += 1) await postLead(relay, inventLead())
    await scenario.pass(30)
    expect(scenario.texts()).toHaveLength(20)
    await scenario.pass(35)
    expect(scenario.texts()).toHaveLength(21)
    expect(scenario.texts().at(-1)).toMatch(/^Новые заявки: 15\n/)
    await postLead(relay, inventLead())
    await scenario.pass(2)
    expect(scenario.texts().at(-1)).toMatch(/^Новая заявка/)
    expect(scenario.texts()).toHaveLength(22)
  })

  it('that refuses a message is not asked again; the log and the state of the relay say why, without the token', async () => {
    const scenario = createMessageScenario(fixture)
    const relay = await scenario.start(await fixture.usedDatabase(), {
      notify: [{ ...telegram, on: ['new'], name: 'chat' }],
    })
    scenario.answer(() =>
      Response.json({ ok: false, description: `Forbidden for bot${botToken}` }, { status: 403 }),
    )
    await postLead(relay, inventLead())
    await scenario.pass(20)
    expect(scenario.calls).toHaveLength(1)
    const failures = scenario.lines.filter(({ level }) => level === 'error')
    expect(failures).toEqual([
      expect.objectContaining({
        text: 'A message could not be sent and was given up',
        facts: expect.objectContaining({
          receiver: 'chat',
          reason: expect.stringMatching(/^status 403: Forbidden/),
        }),
      }),
    ])
    expect(JSON.stringify(scenario.lines)).not.toContain('invented-token')
    const { body } = await requestHealth(relay)
    expect(body).toMatchObject({ status: 'degraded', messages: { chat: { failed: 1, waiting: 0 } } })
  })
})

describe('a webhook for notifications', { timeout }, () => {
  it('gets signed messages, with the values only where they are asked for', async () => {
    // The package that verifies compares with the time of this machine.
    const scenario = createMessageScenario(fixture, Date.now())
    const personal = {
      ...webhook,
      name: 'own',
      personal: true,
      webhook: { ...webhook.webhook, url: 'https://crm.example.ru/all' },
    }
    const relay = await scenario.start(await fixture.usedDatabase(), { notify: [webhook, personal] })
    scenario.lenders.answer('first/create', { outcome: 'accepted', providerId: '1' })
    const lead = inventLead()
    await postLead(relay, lead)
    await scenario.pass(3)
    const received = (path: string) => scenario.calls.filter(({ url }) => url.pathname === path)
    expect(received('/notices').map(({ json }) => json.type)).toEqual(['lead.new', 'lead.accepted'])
    for (const { text, headers } of scenario.calls) {
      expect(new Webhook(hookSecret).verify(text, Object.fromEntries(headers))).toMatchObject({
        data: { id: lead.id, form: 'main', amount: 30_000 },
      })
    }
    for (const { text } of received('/notices')) expect(text).not.toMatch(/Пример|7900/)
    expect(received('/all')[0]?.json.data).toMatchObject({ values: { lastName: 'Примеров' } })
  })

  it('that is down for hours costs no lead and no time, and gets everything in order after a restart', async () => {
    const scenario = createMessageScenario(fixture)
    const database = await fixture.usedDatabase()
    let relay = await scenario.start(database, { notify: [webhook] })
    scenario.answer(refuseConnection)
    const leads = [inventLead(), inventLead(), inventLead()]
    for (const lead of leads) {
      expect((await postLead(relay, lead)).body).toMatchObject({ outcome: 'accepted' })
    }
    await scenario.pass(10)
    for (let step = 0; step < 8; step += 1) {
      await advanceToRest(scenario.clock, hour / 2)
      await scenario.pass(1)
    }
    const tries = scenario.calls.length
    // 3 leads, growing pauses: not a call a second.
    expect(tries).toBeGreaterThan(9)
    expect(tries).toBeLessThan(60)
    expect((await requestHealth(relay)).body).toMatchObject({
      status: 'degraded',
      messages: { crm: { waiting: 6 } },
    })
    await relay.close()
    scenario.answer(() => new Response(null, { status: 204 }))
    relay = await scenario.start(database, { notify: [webhook] })
    await advanceUntil(scenario.clock, hour / 2, () => scenario.calls.length >= tries + 6)
    const done = scenario.calls.slice(tries)
    expect(done).toHaveLength(6)
    for (const { id } of leads) {
      expect(done.filter(({ json }) => json.data?.['id'] === id).map(({ json }) => json.type)).toEqual([
        'lead.new',
        'lead.accepted',
      ])
    }
    expect((await requestHealth(relay)).body).toMatchObject({ messages: { crm: { waiting: 0, failed: 0 } } })
  })

  it('that is slow delays no lead and no other message, and gets those of a lead one after the other', async () => {
    const scenario = createMessageScenario(fixture)
    const relay = await scenario.start(await fixture.usedDatabase(), { notify: [webhook] })
    const slow = inventLead()
    const release = Promise.withResolvers<undefined>()
    scenario.answer(async ({ json }) => {
      if (json.data?.['id'] === slow.id) await release.promise
      return new Response('ok')
    })
    expect((await postLead(relay, slow)).body).toMatchObject({ outcome: 'accepted' })
    await scenario.pass(2)
    const quick = inventLead()
    expect((await postLead(relay, quick)).body).toMatchObject({ outcome: 'accepted' })
    await scenario.pass(2)
    const received = (id: string) =>
      scenario.calls.filter(({ json }) => json.data?.['id'] === id).map(({ json }) => json.type)
    expect(received(slow.id)).toEqual(['lead.new'])
    expect(received(quick.id)).toEqual(['lead.new', 'lead.accepted'])
    release.resolve(undefined)
    await scenario.pass(2)
    expect(received(slow.id)).toEqual(['lead.new', 'lead.accepted'])
  })

  it('that was sent a message without an answer gets it again under the same id', async () => {
    const scenario = createMessageScenario(fixture)
    const relay = await scenario.start(await fixture.usedDatabase(), {
      notify: [{ ...webhook, on: ['new'] }],
    })
    scenario.answer(silence)
    await postLead(relay, inventLead())
    await scenario.pass(1)
    scenario.answer(() => new Response(null, { status: 503, headers: { 'retry-after': '30' } }))
    await scenario.pass(8)
    scenario.answer(() => new Response('ok'))
    await scenario.pass(40)
    const ids = scenario.calls.map(({ headers }) => headers.get('webhook-id'))
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(1)
    expect((scenario.calls[2]?.at ?? 0) - (scenario.calls[1]?.at ?? 0)).toBeGreaterThanOrEqual(30_000)
  })

  it('that takes nothing for a week is given up, once in the log', async () => {
    const scenario = createMessageScenario(fixture)
    const relay = await scenario.start(await fixture.usedDatabase(), {
      notify: [{ ...webhook, on: ['new'] }],
    })
    scenario.answer(() => new Response('', { status: 500 }))
    await postLead(relay, inventLead())
    const given = () =>
      scenario.lines.filter(({ text }) => text === 'A message could not be sent and was given up')
    await advanceUntil(scenario.clock, 6 * hour, () => given().length > 0)
    const tries = scenario.calls.length
    await scenario.pass(10)
    expect(scenario.calls).toHaveLength(tries)
    expect(given()).toHaveLength(1)
  })
})
