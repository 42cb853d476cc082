import fc from 'fast-check'
import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { devtek } from '../../../src/providers/devtek/index.ts'
import { listCities, type DevtekPlacesConfig, listRegions } from '../../../src/providers/devtek/places.ts'

const token = 'invented-token-0123456789abcdef0'
const config = parse(devtek.config, { provider: 'devtek', idWebmaster: 123, token })
const context = { now: new Date('2026-11-22T09:00:00Z') }

const moscowRegion = { region_id: 40, name: 'Московская область', id_country: 1, region_published: true }
const khimki = { city_id: 504, name: 'Химки', region_id: 40, country_id: 1, city_published: true }
const region = { id: 'devtek:40', name: 'Московская область' }
const city = { id: 'devtek:504', name: 'Химки', regionId: 'devtek:40' }

function respondWith(body: unknown, status = 200) {
  return { status, body: typeof body === 'string' ? body : JSON.stringify(body) }
}

function citiesOf(body: unknown, status?: number) {
  return listCities.outcome(respondWith(body, status), config, context)
}

describe('the request of a list', () => {
  it('has the credentials in its body and not in its address', () => {
    expect(listRegions.request(config, context)).toEqual({
      method: 'POST',
      url: 'https://api.devtek.ru/get-regions/',
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      body: JSON.stringify({ id_webmaster: 123, token }),
    })
  })

  it('names the region for the cities of one region', () => {
    const { url, body = '' } = listCities.request(config, { ...context, regionId: 40 })
    expect(url).toBe('https://api.devtek.ru/get-cities/')
    expect(JSON.parse(body)).toEqual({ id_webmaster: 123, token, regionId: 40 })
  })

  it.each<[Partial<DevtekPlacesConfig>, string]>([
    [{ placesBaseUrl: 'https://api.devtek.io' }, 'https://api.devtek.io/get-cities/'],
    [{ placesBaseUrl: 'https://api.devtek.io/' }, 'https://api.devtek.io/get-cities/'],
    [{ baseUrl: 'http://127.0.0.1:9/sandbox' }, 'http://127.0.0.1:9/sandbox/get-cities/'],
  ])('goes to the configured address: %o', (options, url) => {
    expect(listCities.request({ ...config, ...options }, context).url).toBe(url)
  })
})

describe('a list', () => {
  it.each([
    ['as the SDK reads it', { result: 'ok', data: { cities: [khimki] } }],
    ['as the data', { result: 'ok', data: [khimki] }],
    ['without an envelope', { cities: [khimki] }],
    ['bare', [khimki]],
    ['with gaps, as PHP writes it', { result: 'ok', data: { cities: { 3: khimki } } }],
    ['after a byte order mark', `\uFEFF${JSON.stringify([khimki])}`],
    ['with ids as texts', [{ ...khimki, city_id: '504', region_id: '40', country_id: '1' }]],
    ['with flags as numbers', [{ ...khimki, city_published: 1 }]],
    ['with flags as texts', [{ ...khimki, city_published: '1' }]],
    ['without optional members', [{ city_id: 504, name: 'Химки', region_id: 40 }]],
    ['with garbage among it', [null, 5, 'x', { city_id: -1, name: '', region_id: [] }, khimki, {}]],
  ])('is parsed %s', (_, body) => {
    expect(citiesOf(body)).toEqual({ items: [city] })
  })

  it.each([
    ['kladr', '5000003600000'],
    ['city_kladr', '5000003600000'],
    ['kladr_id', ' 5000003600000 '],
    ['kladr_code', 5000003600000],
  ])('has codes under the name %s', (name, code) => {
    expect(citiesOf([{ ...khimki, [name]: code }])).toEqual({ items: [{ ...city, kladr: '5000003600000' }] })
  })

  it('restores the leading zero of a code that is a number', () => {
    const ufa = { city_id: 7, name: 'Уфа', region_id: 2, kladr: 200000100000 }
    expect(citiesOf([ufa])).toMatchObject({ items: [{ kladr: '0200000100000' }] })
  })

  it.each(['7200000000000', '5000003600051', 'x', '', null, 1.5])('drops what is no code: %s', (kladr) => {
    expect(citiesOf([{ ...khimki, kladr }])).toEqual({ items: [city] })
  })

  it.each([false, 0, '0', 'false'])('leaves out unpublished rows: %s', (flag) => {
    const hidden = { ...khimki, city_id: 505, city_published: flag }
    expect(citiesOf([khimki, hidden])).toEqual({ items: [city] })
  })

  it('leaves out other countries with any numbers', () => {
    const all = [1, 2, 3].map((id) => ({ ...moscowRegion, region_id: id, id_country: 7 }))
    const abroad = { ...moscowRegion, region_id: 9, id_country: 1 }
    const answer = listRegions.outcome(
      respondWith({ result: 'ok', data: { regions: [abroad, ...all] } }),
      config,
      context,
    )
    expect(answer).toEqual({ items: [1, 2, 3].map((id) => ({ ...region, id: `devtek:${id}` })) })
  })

  it('may be empty', () => {
    expect(citiesOf({ result: 'ok', data: { cities: [] } })).toEqual({ items: [] })
  })

  it.each([
    ['an empty body', '', 200, true],
    ['a page', '<!doctype html><title>Работы</title>', 200, true],
    ['a notice of PHP', `PHP Notice: token=${token}`, 200, true],
    ['a fault', 'Internal Server Error', 500, true],
    ['too many calls', '', 429, true],
    ['a refusal', { result: 'bad', data: [], errors: [`Access denied for ${token}`] }, 403, false],
    ['a refusal with 200', { result: 'bad', data: [], errors: [`Access denied for ${token}`] }, 200, false],
    ['no list', { result: 'ok', data: { towns: [khimki] } }, 200, true],
    ['nothing readable', { result: 'ok', data: { cities: [{ city: 1 }] } }, 200, true],
  ])('that is %s is a problem without a credential', (_, body, status, retryable) => {
    const answer = citiesOf(body, status)
    expect(answer).toEqual({ problem: expect.any(String), retryable })
    expect(JSON.stringify(answer)).not.toContain(token)
  })

  it('is a problem without a response', () => {
    expect(listCities.outcome({ failure: 'timeout', sent: true }, config, context)).toEqual({
      problem: 'no answer: timeout',
      retryable: true,
    })
  })

  it('is parsed without an exception from garbage', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((data) => JSON.stringify({ result: 'ok', data })),
        ),
        fc.integer({ min: 100, max: 599 }),
        (body, status) => {
          for (const list of [listRegions, listCities]) {
            expect(Object.keys(list.outcome({ status, body }, config, context))).toHaveLength(
              'items' in list.outcome({ status, body }, config, context) ? 1 : 2,
            )
          }
        },
      ),
    )
  })
})
