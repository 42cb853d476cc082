import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { adminEnv } from '../../support/fake-place-lists.ts'
import { createRelayFixture, request } from '../../support/relay-fixture.ts'
import {
  addressForms,
  askStreetNames,
  askStreets,
  importStreetList,
  smallHouses,
  smallStreets,
} from './import-streets.ts'

const city = '7200000100000'
const street = '72000001000000100'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay

beforeAll(async () => {
  fixture = await createRelayFixture()
  relay = await fixture.start(await fixture.usedDatabase(), { forms: addressForms(), env: adminEnv })
  await importStreetList(relay, 'streets', smallStreets)
  await importStreetList(relay, 'houses', smallHouses)
}, 120_000)
afterAll(() => fixture.end())

const namesOf = (query: string, of = city) => askStreetNames(relay, query, of)

describe('streets', () => {
  it('have their codes, the post index where it is known, and no cache', async () => {
    const answer = await askStreets(
      relay,
      'streets',
      { city, query: 'ленина' },
      { headers: { origin: 'https://landing.example.ru' } },
    )
    expect(answer).toMatchObject({ status: 200 })
    expect(answer.body).toEqual({
      streets: [
        { kladr: street, name: 'Ленина', type: 'ул', index: '625000' },
        { kladr: '72000001000000200', name: 'Ленина', type: 'пер' },
      ],
      complete: true,
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('etag')).toBeNull()
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://landing.example.ru')
  })

  it.each<[query: string, names: readonly string[]]>([
    ['лен', ['Ленина ул', 'Ленина пер', 'Ленинградская ул']],
    ['ул. Ленина', ['Ленина ул']],
    ['Ленина улица', ['Ленина ул']],
    ['переулок лен', ['Ленина пер']],
    ['лен пер', ['Ленина пер']],
    ['маркса карла', ['Карла Маркса ул']],
    ['К. Маркса', ['Карла Маркса ул']],
    ['1 выд', ['1-я Выдуманная ул']],
    ['1-я Выдуманная', ['1-я Выдуманная ул']],
    ['выдуманная 1я', ['1-я Выдуманная ул']],
    ['октября', ['50 лет Октября ул']],
    ['пр-т Мира', ['Мира пр-кт']],
    ['проспект мира', ['Мира пр-кт']],
    // No such type: the name decides.
    ['бульвар мира', ['Мира пр-кт']],
    ['теплая', ['Тёплая ул']],
    ['ТЁПЛАЯ', ['Тёплая ул']],
    ['переул', ['Переулочная ул', 'Ленина пер']],
    ['труда', ['Труда ул', 'Площадь Труда ул']],
    ['площадь труда', ['Площадь Труда ул']],
    ['ленигра', ['Ленинградская ул']],
    ['октябяр', ['50 лет Октября ул']],
    ['lenina', ['Ленина ул', 'Ленина пер']],
    ['ktybyf', ['Ленина ул', 'Ленина пер']],
    ['нетакойулицы', []],
    ['ленина маркса', []],
    ["%' or 1=1 --", []],
    ['_енина%', ['Ленина ул', 'Ленина пер']],
  ])('are found for %s', async (query, names) => {
    expect(await namesOf(query)).toEqual(names)
  })

  it('are the first by name for no text', async () => {
    expect(await namesOf('')).toHaveLength(11)
    expect((await namesOf(' .')).slice(0, 3)).toEqual([
      '1-я Выдуманная ул',
      '50 лет Октября ул',
      'Карла Маркса ул',
    ])
    const { body } = await askStreets(relay, 'streets', { city })
    expect(body).toMatchObject({ complete: true })
  })

  it('are those of the city, and none of a city without any', async () => {
    expect(await namesOf('', '7200000200000')).toEqual(['Ленина ул'])
    expect(await namesOf('', '4300000100000')).toEqual([])
  })

  it('of a federal city are those of its settlements, too, apart from two of one name', async () => {
    const moscow = '7700000000000'
    expect(await namesOf('', moscow)).toEqual(['Арбат ул', 'Озёрная аллея', 'Центральная ул'])
    const { body } = await askStreets(relay, 'streets', { city: moscow, query: 'центральная' })
    expect(body).toMatchObject({ streets: [{ kladr: '77000000000000200' }] })
    expect(await namesOf('', '7700000300000')).toEqual(['Садовая ул'])
  })
})

describe('houses', () => {
  it('have the codes of the rows that name them', async () => {
    const { status, body, headers } = await askStreets(relay, 'houses', { street, query: '1' })
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    const kladr = '7200000100000010001'
    expect(body).toEqual({
      houses: ['1', '11', '12к2', '13', '15', '17', '19'].map((name) => ({ kladr, name, index: '625001' })),
      complete: true,
    })
    expect(await askStreets(relay, 'houses', { street, query: '8' })).toMatchObject({
      body: { houses: [], complete: true },
    })
    expect(await askStreets(relay, 'houses', { street, query: 'домовладение 7' })).toMatchObject({
      body: { houses: [{ kladr: '7200000100000010002', name: 'двлд7' }] },
    })
  })
})

describe.each<[what: 'streets' | 'houses', valid: object, key: string]>([
  ['streets', { city, query: 'лен' }, 'city'],
  ['houses', { street, query: '1' }, 'street'],
])('the route of %s', (what, valid, key) => {
  it.each<[string, number, string, string, string?]>([
    ['nothing', 400, 'not-json', ''],
    ['no JSON', 400, 'not-json', 'Ленина'],
    ['no code', 400, 'parameter', '{"query":"7200"}'],
    ['no object', 400, 'parameter', `"${city}"`],
    ['a list', 400, 'parameter', `[${JSON.stringify(valid)}]`],
    ['a number', 400, 'parameter', JSON.stringify({ ...valid, [key]: 7_200_000_100_000 })],
    ['several codes', 400, 'parameter', JSON.stringify({ ...valid, [key]: [city, street] })],
    ['a code of another length', 400, 'parameter', JSON.stringify({ ...valid, [key]: '720000010000001' })],
    ['the code of a former name', 400, 'parameter', JSON.stringify({ ...valid, [key]: '7200000100051' })],
    ['more than a code', 400, 'parameter', JSON.stringify({ ...valid, [key]: `${city}'--` })],
    ['a query that is no text', 400, 'parameter', JSON.stringify({ ...valid, query: { a: 7200 } })],
    ['no query', 400, 'parameter', JSON.stringify({ ...valid, query: null })],
    ['a long body', 413, 'too-large', JSON.stringify({ ...valid, more: 'x'.repeat(3000) })],
    ['another type', 415, 'content-type', JSON.stringify(valid), 'application/x-www-form-urlencoded'],
  ])('refuses %s', async (_, status, error, text, type = 'text/plain') => {
    const answer = await request(relay, `/forms/main/${what}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: text,
    })
    expect(answer).toMatchObject({ status, body: { error: { code: error } } })
    // The answer never quotes what was sent.
    expect(answer.text).not.toContain('7200')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['many words', 'а '.repeat(50)],
    ['a long word', 'л'.repeat(1000)],
    ['NUL', 'лен\0ина'],
    ['half a pair', '\ud83d'],
    ['a pattern', '%_\\%'],
    ['marks', `л${'\u0301'.repeat(90)}`],
  ])('answers a query of %s', async (_, query) => {
    expect(await askStreets(relay, what, { ...valid, query })).toMatchObject({ status: 200 })
  })

  it('is for pages of the form only, and for no address', async () => {
    const foreign = { headers: { origin: 'https://elsewhere.example' } }
    expect(await askStreets(relay, what, valid, foreign)).toMatchObject({ status: 403 })
    const { status, headers } = await request(relay, `/forms/main/${what}?query=1`)
    expect([status, headers.get('cache-control')]).toEqual([405, 'no-store'])
  })
})
