import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { createFakeProvider } from '../support/fake-provider.ts'
import { connectionRefused } from '../support/network-errors.ts'
import {
  adminEnv,
  askCities,
  askNames,
  importPlaces,
  placesBody,
  smallDirectory,
} from '../support/fake-place-lists.ts'
import { adminToken } from '../support/invented.ts'
import { createRelayFixture, request, requestHealth } from '../support/relay-fixture.ts'

const log: string[] = []
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let relay: Relay
const config = { adminToken: { env: 'ANKETA_ADMIN_TOKEN' } }

beforeAll(async () => {
  fixture = await createRelayFixture()
  relay = await fixture.start(await fixture.usedDatabase(), {
    config,
    env: adminEnv,
    fetch: createFakeProvider().fetch,
    log: (...line) => log.push(JSON.stringify(line)),
  })
}, 120_000)
afterAll(() => fixture.end())

describe('before anything is imported', () => {
  it('the regions are the federal subjects, and no list of cities claims to be complete', async () => {
    const { body, headers } = await request(relay, '/forms/main/regions')
    expect(body).toMatchObject({
      regions: expect.arrayContaining([
        { id: 'kladr:7200000000000', name: 'Тюменская область', kladr: '7200000000000' },
      ]),
    })
    expect(headers.get('cache-control')).toBe('public, max-age=30, stale-if-error=604800')
    for (const query of ['', 'region=kladr:7200000000000', 'query=тюмень']) {
      expect(await askCities(relay, query)).toEqual({ status: 200, cities: [], complete: false })
    }
  })
})

describe('the admin routes', () => {
  it.each([
    ['without a token', {}, 401, 'no-token'],
    ['with another scheme', { authorization: `Basic ${adminToken}` }, 401, 'no-token'],
    ['with a wrong token', { authorization: 'Bearer wrong' }, 403, 'token'],
  ])('are closed %s', async (_, headers, status, code) => {
    const init = { method: 'POST', headers, body: placesBody(smallDirectory) }
    const answer = await request(relay, '/admin/places', init)
    expect(answer).toMatchObject({ status, body: { error: { code } } })
    expect(await request(relay, '/admin/places/unmatched', { headers })).toMatchObject({ status })
    expect(answer.text).not.toContain(adminToken)
  })

  it('do not exist if no token is configured', async () => {
    const other = await fixture.start(await fixture.usedDatabase(), { config: { adminToken: undefined } })
    const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/x-ndjson' }
    const answer = await request(other, '/admin/places', { method: 'POST', headers, body: '' })
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } })
  })

  it.each([
    ['nothing', '', 'Nothing was changed: expected 0 cities, got 0.'],
    ['without a header', '[1]\n', 'Nothing was changed: line 1: expected'],
    ['a page', '<!doctype html>', 'Nothing was changed: line 1: expected'],
    [
      'a part of it',
      placesBody(smallDirectory).split('\n').slice(0, 4).join('\n'),
      'Nothing was changed: expected 10 cities, got 3.',
    ],
    [
      'a broken line',
      placesBody(smallDirectory).replace('["4300000100000"', '["43000001000"'),
      'line 4: expected [code,name,type,population]',
    ],
    [
      'a city twice',
      placesBody(smallDirectory).replaceAll('4300000100000', '7200000100000'),
      'line 4: the code 7200000100000 is repeated',
    ],
    [
      'no region',
      placesBody([...smallDirectory, ['8600000100000', 'Город', 'г', 1]]),
      'its region is not in line 1',
    ],
  ])('refuse an import: %s', async (_, body, message) => {
    const answer = await importPlaces(relay, body)
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'not-places' } } })
    expect(answer.text).toContain(message)
    expect(await askNames(relay, 'query=тюмень')).toEqual([])
  })
})

describe('an imported directory', () => {
  it('is stored', async () => {
    expect(await importPlaces(relay, smallDirectory)).toMatchObject({
      status: 200,
      body: { imported: 'stored', cities: 10, regions: 5 },
    })
  })

  it('lists its regions', async () => {
    const { body } = await request(relay, '/forms/main/regions')
    expect(body).toMatchObject({ regions: expect.objectContaining({ length: 5 }) })
  })

  it('lists all cities of a region, the largest first', async () => {
    expect(await askCities(relay, 'region=kladr:7200000000000')).toEqual({
      status: 200,
      complete: true,
      cities: [
        {
          id: 'kladr:7200000100000',
          name: 'Тюмень',
          type: 'г',
          regionId: 'kladr:7200000000000',
          region: 'Тюменская область',
          kladr: '7200000100000',
          population: 847_488,
        },
        expect.objectContaining({ name: 'Тобольск' }),
        expect.objectContaining({ name: 'Ёлкино', type: 'с' }),
        expect.objectContaining({ name: 'Ивановка', kladr: '7200200000200' }),
        expect.objectContaining({ name: 'Ивановка', kladr: '7200300000300' }),
      ],
    })
  })

  it('lists the largest cities of the country, and does not claim to be complete', async () => {
    const { cities, complete } = await askCities(relay, '')
    expect(cities.map(({ name }) => name).slice(0, 3)).toEqual(['Москва', 'Тюмень', 'Киров'])
    expect(complete).toBe(false)
  })

  it.each([
    ['тюм', ['Тюмень']],
    ['елкино', ['Ёлкино']],
    ['г. Тобольск', ['Тобольск']],
    ['тбольск', ['Тобольск']],
    ['тоболськ', ['Тобольск']],
    ['тобольсг', ['Тобольск']],
    ['n.vtym', ['Тюмень']],
    ['tobolsk', ['Тобольск']],
    ['Khimki', ['Химки']],
    ['мск', ['Москва']],
    ['киров', ['Киров', 'Киров']],
    ['киров калужская', ['Киров']],
    ['калужская киров', ['Киров']],
    ['юмор', []],
    ["'; drop table anketa.leads; --", []],
    [
      '%',
      [
        'Москва',
        'Тюмень',
        'Киров',
        'Химки',
        'Одинцово',
        'Тобольск',
        'Киров',
        'Ёлкино',
        'Ивановка',
        'Ивановка',
      ],
    ],
  ])('finds the cities for %s', async (text, names) => {
    expect(await askNames(relay, new URLSearchParams({ query: text }).toString())).toEqual(names)
  })

  it('lists cities of the same name with their regions, the larger first', async () => {
    expect((await askCities(relay, 'query=киров')).cities).toMatchObject([
      { region: 'Кировская область' },
      { region: 'Калужская область' },
    ])
    expect((await askCities(relay, 'query=киров&region=kladr:4000000000000')).cities).toMatchObject([
      { region: 'Калужская область' },
    ])
  })

  it('ignores all but the first hundred characters of a query', async () => {
    expect(
      await askNames(relay, `query=${encodeURIComponent('тюмень'.padEnd(100) + 'х'.repeat(5000))}`),
    ).toEqual(['Тюмень'])
  })

  it.each([
    ['region=kladr:9999999999999', 'There is no region of that id'],
    ['region=devtek:14', 'There is no region of that id'],
    ['region=x', '"region" takes an id from'],
    ['city=тюмень', 'There is no parameter "city": use "region"'],
    ['query=a&query=b', 'Give "query" once.'],
  ])('answers an error with advice for %s', async (query, message) => {
    const answer = await request(relay, `/forms/main/cities?${query}`)
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: 'parameter', message: expect.stringContaining(message) } },
    })
  })

  it('may be cached, and is answered 304 to a client that has it', async () => {
    const origin = 'https://landing.example.ru'
    for (const path of [
      '/forms/main/regions',
      '/forms/main/cities?query=тюм',
      '/forms/main/cities?region=kladr:7200000000000',
    ]) {
      const first = await request(relay, path, { headers: { origin } })
      expect(first.headers.get('access-control-allow-origin')).toBe(origin)
      expect(first.headers.get('cache-control')).toBe(
        'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800',
      )
      const etag = first.headers.get('etag') ?? ''
      expect(etag).not.toBe('')
      for (const tag of [etag, `W/${etag}`]) {
        const again = await request(relay, path, { headers: { origin, 'if-none-match': tag } })
        expect(again).toMatchObject({ status: 304, text: '' })
        expect(again.headers.get('access-control-allow-origin')).toBe(origin)
      }
      expect(await request(relay, path, { headers: { origin: 'https://evil.example' } })).toMatchObject({
        status: 403,
      })
    }
  })

  it('is counted in /healthz', async () => {
    expect((await requestHealth(relay)).body).toMatchObject({
      places: { imported: 10, listed: 0, unmatched: 0, lists: 'missing' },
    })
  })

  it('that is imported again changes nothing', async () => {
    const before = (await request(relay, '/forms/main/regions')).headers.get('etag')
    expect(await importPlaces(relay, smallDirectory.toReversed())).toMatchObject({
      body: { imported: 'unchanged' },
    })
    expect((await request(relay, '/forms/main/regions')).headers.get('etag')).toBe(before)
  })

  it('with a malformed line changes nothing', async () => {
    const body = `${placesBody(smallDirectory.map(([code, name, ...rest]) => [code, `Ново${name}`, ...rest]))}garbage`
    expect(await importPlaces(relay, body)).toMatchObject({ status: 400 })
    expect(await askNames(relay, 'query=тюмень')).toEqual(['Тюмень'])
  })

  it('is replaced as a whole by another one, also for clients that cached it', async () => {
    const { headers } = await request(relay, '/forms/main/cities?query=тюмень')
    expect(await importPlaces(relay, smallDirectory.slice(0, 2))).toMatchObject({
      body: { imported: 'stored' },
    })
    expect(await askNames(relay, '')).toEqual(['Москва', 'Тюмень'])
    const etag = headers.get('etag') ?? ''
    expect(
      await request(relay, '/forms/main/cities?query=тюмень', { headers: { 'if-none-match': etag } }),
    ).toMatchObject({ status: 200 })
  })

  it('survives a restart', async () => {
    const folder = await fixture.emptyDatabase()
    const first = await fixture.start(folder, { config, env: adminEnv, fetch: connectionRefused })
    await importPlaces(first, smallDirectory.slice(0, 5))
    await importPlaces(first, smallDirectory)
    await first.close({ graceMs: 50 })
    const second = await fixture.start(folder, { config, env: adminEnv, fetch: connectionRefused })
    expect(await askNames(second, 'query=химки')).toEqual(['Химки'])
  }, 60_000)

  it('the log holds neither the token nor a query', () => {
    expect(log.length).toBeGreaterThan(0)
    expect(log.join('\n')).not.toContain(adminToken)
    expect(log.join('\n')).not.toContain('тбольск')
  })
})
