import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'
import {
  createTestDevtekSandbox,
  credentials,
  errorsOf,
  exampleLead,
  json,
  leadWith,
  postBody,
  postLead,
  withPhone,
} from './devtek-support.ts'

describe('places', () => {
  it('lists regions and cities with the credentials', async () => {
    const sandbox = createTestDevtekSandbox()
    const regions = await (await postBody(sandbox, credentials, '/get-regions/')).json()
    const cities = await (await postBody(sandbox, { ...credentials, regionId: 40 }, '/get-cities/')).json()
    const all = await (await postBody(sandbox, credentials, '/get-cities/')).json()
    expect(regions).toMatchObject({
      result: 'ok',
      data: { regions: expect.arrayContaining([expect.objectContaining({ region_id: 40, id_country: 1 })]) },
    })
    expect(cities).toMatchObject({ data: { cities: [{ name: 'Одинцово' }, { name: 'Химки' }] } })
    expect(all).toMatchObject({ data: { cities: expect.objectContaining({ length: 10 }) } })
    expect((await postBody(sandbox, { ...credentials, regionId: '40' }, '/get-cities/')).status).toBe(400)
  })

  it.each([
    ['the city alone', { registration_city: 505 }, []],
    ['both ids', { registration_region: 14, registration_city: 505 }, []],
    ['an unknown city', { registration_city: 1 }, ['registration_city']],
    ['an id as text', { registration_city: '505' }, ['registration_city']],
    ['a city of another region', { registration_region: 15, registration_city: 505 }, ['registration_city']],
    ['a region alone', { registration_region: 14 }, ['registration_city']],
    ['names', { registration_region: 'Тюменская область', registration_city: 'Тобольск' }, []],
    ['the name of the city alone', { registration_city: 'Неведомск' }, []],
    [
      'a region as a name and a city by its id',
      { registration_region: 'Татарстан', registration_city: 505 },
      [],
    ],
    ['an additional kladr', { registration_city: 505, kladr: '7200000100000' }, ['kladr']],
    ['neither', {}, ['kladr']],
  ])('can accept ids instead of a kladr: %s', async (_, ids, refused) => {
    const data = { main: { ...exampleLead.main, kladr: undefined, ...ids } }
    const errors = refused.map((name) => expect.stringContaining(`Field "${name}" error: `))
    expect(await errorsOf(data, { acceptPlaceIds: true })).toEqual(errors)
  })
})

describe('the lists', () => {
  async function list(
    switches: Parameters<typeof createTestDevtekSandbox>[0],
    path = '/get-cities/',
    parameters = {},
  ) {
    const response = await postBody(
      createTestDevtekSandbox(switches),
      { ...credentials, ...parameters },
      path,
    )
    return { status: response.status, text: await response.text() }
  }
  const citiesOf = (text: string): readonly Record<string, unknown>[] => JSON.parse(text).data.cities

  it.each([0, 1, 1000])('have %d cities, always the same, in listed regions', async (cities) => {
    const { text } = await list({ cities })
    expect(citiesOf(text)).toHaveLength(cities)
    expect((await list({ cities })).text).toBe(text)
    const { regions } = JSON.parse((await list({ cities }, '/get-regions/')).text).data
    const known = new Set(regions.map((region: { region_id: number }) => region.region_id))
    expect(citiesOf(text).filter(({ region_id }) => !known.has(region_id))).toEqual([])
    expect(new Set(citiesOf(text).map(({ city_id }) => city_id)).size).toBe(cities)
  })

  it.each([
    ['error-500', 500, /^Internal Server Error$/],
    ['garbage', 200, /PHP Notice/],
    ['html', 200, /^<!doctype html>/],
    ['empty', 200, /^$/],
    ['slow', 200, /"result":"ok"/],
  ] as const)('respond with %s, without an effect on leads', async (lists, status, text) => {
    const sandbox = createTestDevtekSandbox({ lists, slowMs: 1 })
    for (const path of ['/get-regions/', '/get-cities/']) {
      const response = await postBody(sandbox, credentials, path)
      expect(response.status).toBe(status)
      expect(await response.text()).toMatch(text)
    }
    expect((await postLead(sandbox)).status).toBe(200)
  })

  it('can be bare, as texts and with codes', async () => {
    expect(JSON.parse((await list({ listsBare: true })).text)).toHaveLength(10)
    const [moscow] = citiesOf((await list({ listsAsText: true })).text)
    expect(moscow).toMatchObject({ city_id: '501', region_id: '11', city_published: '1', country_id: '1' })
    expect(moscow).not.toHaveProperty('kladr')
    const coded = citiesOf((await list({ listsWithKladr: true, cities: 1000 })).text)
    expect(coded.every(({ kladr }) => /^\d{11}00$/.test(String(kladr)))).toBe(true)
    expect(new Set(coded.map(({ kladr }) => kladr)).size).toBe(1000)
  })

  it('are shortened in the request log if they are long', async () => {
    const sandbox = createTestDevtekSandbox({ cities: 1000 })
    await postBody(sandbox, credentials, '/get-cities/')
    expect(sandbox.received()[0]?.rawAnswer?.length).toBeLessThan(5000)
    expect(sandbox.received()).toMatchObject([{ answer: { result: 'ok' } }])
  })

  it('can be switched on the page', async () => {
    const { app } = createTestDevtekSandbox()
    const body = new URLSearchParams(
      'lists=slow&cities=1000&listsBare=false&listsBare=true&listsAsText=false',
    )
    expect((await app.request('/switches', { method: 'POST', body })).status).toBe(303)
    expect(await (await app.request('/switches')).json()).toMatchObject({
      lists: 'slow',
      cities: 1000,
      listsBare: true,
    })
    expect(await (await app.request('/')).text()).toContain('1\u00A0000 вымышленных')
    await app.request('/switches', { method: 'POST', body: new URLSearchParams('cities=') })
    expect(await (await app.request('/switches')).json()).toMatchObject({ cities: null })
  })
})

describe('duplicates', () => {
  it('recognises an accepted phone until it is cleared', async () => {
    const sandbox = createTestDevtekSandbox()
    await postLead(sandbox, leadWith('main', 'amount', 0))
    expect((await postLead(sandbox)).status).toBe(200)
    const again = await postLead(sandbox)
    expect(again.status).toBe(400)
    expect(await again.text()).toBe('{"result":"bad","data":[],"errors":["Lead duplicate"]}')
    await sandbox.app.request('/received', { method: 'DELETE' })
    expect((await postLead(sandbox)).status).toBe(200)
    sandbox.change({ rememberDuplicates: false })
    expect((await postLead(sandbox)).status).toBe(200)
  })
})

describe('switches', () => {
  it.each([
    ['duplicate', 400, /"errors":\["Lead duplicate"\]/],
    ['field-error', 400, /"errors":\["Field \\"phone\\" error: Введите правильный номер телефона"\]/],
    ['error-500', 500, /^Internal Server Error$/],
    ['garbage', 200, /PHP Notice/],
    ['html', 200, /^<!doctype html>/],
    ['empty', 200, /^$/],
    ['truncated', 200, /^\{"result":"ok","data":\{"id_/],
    ['refuse', 403, /Access denied/],
  ] as const)('%s answers %d', async (mode, status, text) => {
    const sandbox = createTestDevtekSandbox({ mode, times: 1 })
    const response = await postLead(sandbox)
    expect(response.status).toBe(status)
    const body = await response.text()
    expect(body).toMatch(text)
    expect(sandbox.received()).toMatchObject([{ status, rawAnswer: body, path: '/new-lead/' }])
    expect(sandbox.switches()).toMatchObject({ mode: 'strict', times: null })
    expect((await postLead(sandbox)).status).toBe(mode === 'truncated' ? 400 : 200)
  })

  it('field-error names the configured fields with the configured status', async () => {
    const fieldErrors = [{ field: 'kladr', message: 'Город не обслуживается' }]
    const sandbox = createTestDevtekSandbox({ mode: 'field-error', fieldErrors, badStatus: 200 })
    const response = await postLead(sandbox)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ errors: ['Field "kladr" error: Город не обслуживается'] })
  })

  it('slow accepts the lead on receipt and responds later', async () => {
    const sandbox = createTestDevtekSandbox({ mode: 'slow', slowMs: 200, times: 1 })
    const slow = postLead(sandbox)
    await vi.waitFor(() => expect(sandbox.received()).toHaveLength(1), { interval: 5 })
    expect(sandbox.received()).toMatchObject([{ status: 200, answeredAt: null }])
    expect(await (await postLead(sandbox)).json()).toMatchObject({ errors: ['Lead duplicate'] })
    expect((await slow).status).toBe(200)
    expect(sandbox.received()[0]?.answeredAt).toBe('2026-11-22T09:00:00.000Z')
  })

  it('hold responds after another mode is set, not when its times are over', async () => {
    const sandbox = createTestDevtekSandbox({ mode: 'hold', times: 1 })
    const heldResponse = postLead(sandbox)
    await vi.waitFor(() => expect(sandbox.received()).toHaveLength(1))
    expect((await postLead(sandbox, withPhone('+79000000005'))).status).toBe(200)
    sandbox.change({ slowMs: 1 })
    expect(sandbox.received()[0]?.answeredAt).toBeNull()
    sandbox.change({ mode: 'strict' })
    expect((await heldResponse).status).toBe(200)
  })

  it('drop cuts the connection after logging the request', async () => {
    const sandbox = createTestDevtekSandbox({ mode: 'drop', times: 1 })
    const server = serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: 0 })
    await once(server, 'listening')
    const url = `http://127.0.0.1:${portOf(server.address())}/new-lead/`
    const post = () =>
      fetch(url, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ ...credentials, data: exampleLead }),
      })
    await expect(post()).rejects.toThrow('fetch failed')
    expect(sandbox.received()).toMatchObject([{ status: null, answer: null }])
    expect((await post()).status).toBe(200)
    server.close()
  })

  it('counts down only with leads', async () => {
    const sandbox = createTestDevtekSandbox({ mode: 'error-500', times: 2 })
    await postBody(sandbox, credentials, '/get-regions/')
    await postLead(sandbox)
    expect(sandbox.switches()).toMatchObject({ mode: 'error-500', times: 1 })
  })

  it('are changed over HTTP, by JSON or a form', async () => {
    const { app } = createTestDevtekSandbox()
    const put = (body: unknown) =>
      app.request('/switches', { method: 'PUT', headers: json, body: JSON.stringify(body) })
    expect(await (await put({ mode: 'slow', slowMs: 10, times: 2 })).json()).toMatchObject({
      slowMs: 10,
      times: 2,
    })
    expect(await (await put({ mode: 'hold' })).json()).toMatchObject({ mode: 'hold', times: null })
    for (const wrong of [{ mode: 'x' }, { slow: 1 }, { times: 0 }, [], { badStatus: 500 }]) {
      expect((await put(wrong)).status).toBe(400)
    }
    const body = new URLSearchParams(
      'fieldErrors=kladr: Нет%0D%0Aphone: Да&acceptPlaceIds=false&acceptPlaceIds=true',
    )
    const form = await app.request('/switches', { method: 'POST', body })
    expect([form.status, form.headers.get('location')]).toEqual([303, '/'])
    expect(await (await app.request('/switches')).json()).toMatchObject({
      mode: 'hold',
      acceptPlaceIds: true,
      fieldErrors: [
        { field: 'kladr', message: 'Нет' },
        { field: 'phone', message: 'Да' },
      ],
    })
  })

  it('refuse invalid initial values', () => {
    expect(() => createTestDevtekSandbox({ slowMs: -1 })).toThrow('slowMs')
  })
})

describe('the request log', () => {
  it('lists requests as received', async () => {
    const sandbox = createTestDevtekSandbox()
    await sandbox.app.request('/new-lead/', { method: 'POST', headers: json, body: '{"a": 01}' })
    await postLead(sandbox)
    const list = await (await sandbox.app.request('/received')).json()
    expect(list).toMatchObject([
      { number: 1, at: '2026-11-22T09:00:00.000Z', rawBody: '{"a": 01}', body: null, status: 400 },
      { number: 2, contentType: json['content-type'], body: { data: exampleLead }, answer: { result: 'ok' } },
    ])
  })

  it('is shown on a page with a strict policy, at any mount path', async () => {
    const sandbox = createTestDevtekSandbox()
    const app = new Hono().route('/sandbox/devtek', sandbox.app)
    expect((await app.request('/sandbox/devtek')).headers.get('location')).toBe('/sandbox/devtek/')
    const empty = await app.request('/sandbox/devtek/')
    expect(empty.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    expect(await empty.text()).toContain('Пока ничего')
    for (const file of ['sandbox.js', 'sandbox.css']) {
      expect((await app.request(`/sandbox/devtek/${file}`)).status).toBe(200)
    }
    await postLead(sandbox, leadWith('main', 'channel', '<script>alert(1)</script>'))
    const page = await (await app.request('/sandbox/devtek/')).text()
    expect(page).toContain('&lt;script&gt;alert(1)')
    expect(page).not.toMatch(/<script>|style="|\son\w+="/)
    const redirect = await app.request('/sandbox/devtek/new-lead', { method: 'POST' })
    expect(redirect.headers.get('location')).toBe('/sandbox/devtek/new-lead/')
    expect((await app.request('/sandbox/devtek/nothing')).status).toBe(404)
  })
})

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return address.port
}
