import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { encodeInWindows1251 } from '../../support/windows-1251.ts'
import { accepted, createFakeProvider, invalid } from '../support/fake-provider.ts'
import { formEntry } from '../support/invented.ts'
import { readDatabase } from '../support/read-database.ts'
import { createRelayFixture, request } from '../support/relay-fixture.ts'

const provider = createFakeProvider()
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay

beforeAll(async () => {
  fixture = await createRelayFixture()
  relay = await fixture.start(await fixture.usedDatabase(), {
    fetch: provider.fetch,
    forms: { main: { ...formEntry(), answerWithinSeconds: 3 } },
  })
}, 60_000)
afterAll(() => fixture.end())
beforeEach(() => {
  provider.bodies.length = 0
})

/** The inputs of an HTML form, as a person types them. */
const typed = {
  amount: '30 000',
  lastName: 'примеров',
  firstName: 'Иван',
  noMiddleName: 'on',
  birthDate: '31.01.1990',
  phone: '8 900 000-00-61',
  city: 'Москва',
  cityKladr: '7700000000000',
  'consent.processing': 'on',
  utm_source: 'vk',
}

function send(fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
  return request(relay, '/forms/main/leads', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      referer: 'https://landing.example.ru/loan?x=1',
      origin: 'https://landing.example.ru',
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  })
}

describe('an HTML form', () => {
  it('sends a lead with text as typed, consent and attribution, and is answered with a page', async () => {
    const { status, headers, text } = await send(typed)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(text).toContain('<h1>Заявка принята</h1>')
    expect(JSON.parse(provider.bodies[0] ?? '')).toMatchObject({
      data: {
        main: {
          last_name: 'Примеров',
          birthday: '31.01.1990',
          phone: '+79000000061',
          amount: 30_000,
          kladr: '7700000000000',
          sopd_site: 'https://landing.example.ru/loan',
          sopd_general: 'https://example.ru/consent/2026-09-01.html',
        },
      },
    })
  })

  it.each([
    ['application/x-www-form-urlencoded', '8 900 000-00-62'],
    ['application/x-www-form-urlencoded; charset=windows-1251', '8 900 000-00-63'],
  ])('is read in windows-1251, sent as %s', async (type, phone) => {
    const fields = { ...typed, phone, lastName: 'Ёлкин', firstName: 'Пётр', city: 'Тюмень №1 ☺' }
    const { cityKladr: _kladr, ...sent } = fields
    const answer = await request(relay, '/forms/main/leads', {
      method: 'POST',
      headers: { 'content-type': type, origin: 'https://landing.example.ru' },
      body: Object.entries(sent)
        .map((field) => field.map(encodeInWindows1251).join('='))
        .join('&'),
    })
    expect(answer.status).toBe(200)
    expect(JSON.parse(provider.bodies[0] ?? '{}')).toMatchObject({
      data: { main: { last_name: 'Ёлкин', first_name: 'Пётр' } },
    })
    expect(provider.bodies[0]).toContain('Тюмень №1 ☺')
  })

  it('that is sent twice creates one lead', async () => {
    const fields = { ...typed, phone: '8 900 000-00-62' }
    await send(fields)
    expect((await send(fields)).text).toContain('<h1>Заявка принята</h1>')
    expect(provider.bodies).toHaveLength(1)
  })

  it('is answered with the fields to correct, without the typed values', async () => {
    const { 'consent.processing': _, ...rest } = typed
    const { status, text } = await send({ ...rest, phone: '8 800 000-00-61', birthDate: '31.02.1990' })
    expect(status).toBe(422)
    expect(text).toContain('Мобильный телефон: ')
    expect(text).toContain('Дата рождения: Такой даты нет в календаре')
    expect(text).toContain('Отметьте согласие')
    expect(text).not.toContain('31.02')
    expect(provider.bodies).toEqual([])
  })

  it("is answered with the provider's message, without its markup", async () => {
    provider.answer(invalid('phone', '<b>Проверьте</b> номер & код'))
    const { status, text } = await send({ ...typed, phone: '8 900 000-00-63' })
    expect(status).toBe(422)
    expect(text).toContain('Проверьте номер &amp; код')
    expect(text).not.toContain('<b>')
  })

  it('from another origin is refused', async () => {
    expect((await send(typed, { origin: 'https://other.example.ru' })).status).toBe(403)
  })

  it('that is not a lead is answered with a page, too', async () => {
    const { status, text } = await send({ ...typed, amount: '1'.repeat(3000) })
    expect(status).toBe(400)
    expect(text).toContain('Не удалось принять заявку')
  })

  it('gets pages that run no script, fit into no frame and apply their own style', async () => {
    const { headers, text } = await send({})
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'`,
    )
  })

  it(
    'has an id that only relays of this database can derive, and no outcome',
    { timeout: 90_000 },
    async () => {
      provider.answer(accepted(64))
      const fields = { ...typed, phone: '8 900 000-00-64' }
      const databases = [await fixture.emptyDatabase(), await fixture.emptyDatabase()]
      const ids: string[] = []
      for (const database of databases) {
        const one = await fixture.start(database, { fetch: provider.fetch })
        const answer = await request(one, '/forms/main/leads', {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(fields).toString(),
        })
        expect(answer.status).toBe(200)
        await one.close()
        const rows = await readDatabase<{ id: string }>(database, 'select id from anketa.leads')
        ids.push(...rows.map(({ id }) => id))
      }
      expect(ids).toHaveLength(2)
      expect(new Set(ids).size).toBe(2)
      const next = await fixture.start(databases[0] ?? '', { fetch: provider.fetch })
      const before = provider.bodies.length
      await request(next, '/forms/main/leads', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      })
      expect(provider.bodies).toHaveLength(before)
      for (const authorization of ['Bearer aaaaaaaaaaaaaaaaaaaaaaaa', '']) {
        const outcome = await request(next, `/forms/main/leads/${ids[0]}`, { headers: { authorization } })
        expect(outcome).toMatchObject({ status: 404, body: { error: { code: 'unknown-lead' } } })
      }
    },
  )
})
