import { describe, expect, it } from 'vitest'
import type { Fetch } from '../../src/delivery/send-http.ts'
import {
  createRelayDepartments,
  createRelayPlaces,
  createRelayStreets,
} from '../../src/delivery/relay-places.ts'

const relay = 'https://leads.example.ru/forms/main'
const tyumen = {
  id: 'kladr:7200000100000',
  name: 'Тюмень',
  type: 'г',
  regionId: 'kladr:7200000000000',
  region: 'Тюменская область',
  kladr: '7200000100000',
}

function createFetch(body: unknown, status = 200) {
  const requested: string[] = []
  const sent: RequestInit[] = []
  const fetch: Fetch = async (url, init) => {
    requested.push(decodeURIComponent(url))
    sent.push(init)
    return Response.json(body, { status })
  }
  return { requested, sent, fetch }
}

describe('the places of a relay', () => {
  it('are requested by region and text', async () => {
    const { requested, fetch } = createFetch({ cities: [tyumen], complete: true })
    const places = createRelayPlaces(`${relay}/`, fetch)
    expect(await places.cities({})).toEqual({ cities: [tyumen], complete: true })
    await places.cities({ region: 'kladr:7200000000000' })
    await places.cities({ region: undefined, text: 'тю&=' })
    expect(requested).toEqual([
      `${relay}/cities?`,
      `${relay}/cities?region=kladr:7200000000000`,
      `${relay}/cities?query=тю&=`,
    ])
  })

  it.each(['anna@example.ru', '+7 900 000-00-01', '45 11 000050'])(
    'are not asked for what belongs in another field: %s',
    async (text) => {
      const { requested, fetch } = createFetch({ cities: [tyumen], complete: true })
      expect(await createRelayPlaces(relay, fetch).cities({ text })).toEqual({ cities: [], complete: false })
      expect(requested).toEqual([])
    },
  )

  it.each(['26-й километр', 'посёлок 8 Марта', '1-е Отделение 2-го Совхоза'])(
    'are asked for a place with numbers: %s',
    async (text) => {
      const { requested, fetch } = createFetch({ cities: [], complete: true })
      await createRelayPlaces(relay, fetch).cities({ text })
      expect(requested).toHaveLength(1)
    },
  )

  it('include regions', async () => {
    const regions = [{ id: 'kladr:7200000000000', name: 'Тюменская область', kladr: '7200000000000' }]
    const { requested, fetch } = createFetch({ regions })
    expect(await createRelayPlaces(relay, fetch).regions()).toEqual(regions)
    expect(requested).toEqual([`${relay}/regions`])
  })

  it.each([
    [undefined, []],
    [null, []],
    ['text', []],
    [{ cities: {} }, []],
    [{ cities: [null, 5, {}, { ...tyumen, name: 5 }, { ...tyumen, kladr: 72 }, tyumen] }, [tyumen]],
  ])('are empty if something else answers: %o', async (body, cities) => {
    const { fetch } = createFetch(body ?? null)
    expect(await createRelayPlaces(relay, fetch).cities({})).toEqual({ cities, complete: false })
  })

  it('reject if the relay refuses', async () => {
    const { fetch } = createFetch({ error: { code: 'gone' } }, 404)
    await expect(createRelayPlaces(relay, fetch).regions()).rejects.toThrow('regions: status 404')
    // The console may show the reason, and what is typed is nothing for it.
    const failure = await createRelayPlaces(relay, fetch).cities({ text: 'тюм' }).catch(String)
    expect(failure).toBe('TypeError: cities: status 404')
  })

  const hanging: Fetch = (_, { signal }) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))))

  it('are aborted when the person types on', async () => {
    const controller = new AbortController()
    const requested = createRelayPlaces(relay, hanging).cities({ text: 'тю' }, controller.signal)
    controller.abort()
    await expect(requested).rejects.toThrow('aborted')
  })

  it('reject after the timeout', async () => {
    await expect(createRelayPlaces(relay, hanging, 10).regions()).rejects.toThrow('aborted')
  })
})

describe('the departments of a relay', () => {
  const { signal } = new AbortController()

  it('are requested by the code alone, which is in no address, without a preflight request', async () => {
    const { requested, sent, fetch } = createFetch({ departments: ['ОВД', 'УМВД'] })
    expect(await createRelayDepartments(`${relay}/`, fetch)('720-001', signal)).toEqual(['ОВД', 'УМВД'])
    expect(requested).toEqual([`${relay}/departments`])
    expect(sent).toEqual([
      expect.objectContaining({
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: '{"code":"720-001"}',
        credentials: 'omit',
      }),
    ])
  })

  it('are requested once for a code, unless the answer did not come', async () => {
    const { requested, fetch } = createFetch({ departments: ['ОВД'] })
    const find = createRelayDepartments(relay, async (url, init) =>
      requested.length === 0
        ? fetch(url, init).then(() => new Response(null, { status: 503 }))
        : fetch(url, init),
    )
    await expect(find('720-001', signal)).rejects.toThrow('departments: status 503')
    for (const code of ['720-001', '720-001', '720-002', '720-001'])
      expect(await find(code, signal)).toEqual(['ОВД'])
    expect(requested).toHaveLength(3)
  })

  it.each([null, 'text', {}, { departments: 'ОВД' }, { departments: [null, 5, {}] }])(
    'there are no names if something else answers: %o',
    async (body) => {
      const { fetch } = createFetch(body)
      expect(await createRelayDepartments(relay, fetch)('720-001', signal)).toEqual([])
    },
  )

  it('reject without the code in the reason', async () => {
    const { fetch } = createFetch({ error: { code: 'not-found' } }, 404)
    const failure = await createRelayDepartments(relay, fetch)('720-001', signal).catch(String)
    expect(failure).toBe('TypeError: departments: status 404')
  })
})

describe('the streets and houses of a relay', () => {
  const { signal } = new AbortController()
  const lenina = { kladr: '72000001000001100', name: 'Ленина', type: 'ул', index: '625003' }
  const house = { kladr: '7200000100000110012', name: '12к2' }

  it('are requested with a body, and nothing of it is in the address', async () => {
    const streets = createFetch({ streets: [lenina], complete: true })
    const city = '7200000100000'
    expect(
      await createRelayStreets(`${relay}/`, streets.fetch)(
        { list: 'streets', within: city, text: 'лен' },
        signal,
      ),
    ).toEqual({ rows: [lenina], complete: true })
    expect(streets.requested).toEqual([`${relay}/streets`])
    expect(streets.sent).toEqual([
      expect.objectContaining({
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify({ city, query: 'лен' }),
        credentials: 'omit',
      }),
    ])
    const houses = createFetch({ houses: [house], complete: false })
    expect(
      await createRelayStreets(relay, houses.fetch)(
        { list: 'houses', within: lenina.kladr, text: '1'.repeat(200) },
        signal,
      ),
    ).toEqual({ rows: [house], complete: false })
    expect(houses.requested).toEqual([`${relay}/houses`])
    expect(houses.sent[0]?.body).toBe(JSON.stringify({ street: lenina.kladr, query: '1'.repeat(100) }))
  })

  it.each([
    null,
    'text',
    {},
    { streets: 'Ленина' },
    { streets: [null, 5, {}, { name: 'Ленина' }, { ...lenina, type: 1 }, { ...lenina, index: 625003 }] },
  ])('there are none if something else answers: %o', async (body) => {
    const { fetch } = createFetch(body)
    const query = { list: 'streets', within: '7200000100000', text: '' } as const
    expect(await createRelayStreets(relay, fetch)(query, signal)).toEqual({ rows: [], complete: false })
  })

  it('reject without the text in the reason', async () => {
    const { fetch } = createFetch({ error: { code: 'not-found' } }, 404)
    const query = { list: 'streets', within: '7200000100000', text: 'Ленина' } as const
    const failure = await createRelayStreets(relay, fetch)(query, signal).catch(String)
    expect(failure).toBe('TypeError: streets: status 404')
  })
})
