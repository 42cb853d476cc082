import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createDevtekSandbox } from '../../../demo/sandbox/devtek/sandbox.ts'
import type { DevtekSwitches } from '../../../demo/sandbox/devtek/switches.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { env, formEntry, inventLead } from '../support/invented.ts'
import { adminEnv, askCities } from '../support/fake-place-lists.ts'
import { createRelayFixture, postLead, request, requestHealth } from '../support/relay-fixture.ts'

const timeout = 280_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
}, timeout)
afterAll(() => fixture.end())

/** Starts a relay with a sandbox that it calls without a network. */
async function start(switches: Partial<DevtekSwitches>) {
  const now = () => new Date()
  const credentials = { idWebmaster: 123, token: env.DEVTEK_TOKEN }
  const sandbox = createDevtekSandbox({
    ...credentials,
    now,
    switches: { acceptPlaceIds: true, ...switches },
  })
  const relay = await fixture.start(await fixture.usedDatabase(), {
    env: adminEnv,
    fetch: async (url, init) => sandbox.app.request(new URL(url).pathname, init),
    forms: { main: { ...formEntry(), answerWithinSeconds: 20 } },
  })
  return { relay, sandbox }
}

/** Waits until the lists are loaded. Returns the number of listed cities. */
async function waitForLists(relay: Relay): Promise<number> {
  await vi.waitFor(
    async () => expect((await requestHealth(relay)).body).toMatchObject({ places: { lists: 'ok' } }),
    { timeout, interval: 200 },
  )
  const { places }: { readonly places?: { readonly listed?: number } } = Object(
    (await requestHealth(relay)).body,
  )
  return places?.listed ?? Number.NaN
}

/** Posts a lead with a place. Returns its main data as the sandbox received them. */
async function placeOfLead(
  { relay, sandbox }: Awaited<ReturnType<typeof start>>,
  place: object,
): Promise<unknown> {
  const lead = inventLead()
  const { city: _city, cityKladr: _code, ...others } = lead.values
  expect(await postLead(relay, { ...lead, values: { ...others, ...place } })).toMatchObject({
    body: { outcome: 'accepted' },
  })
  // The lists may be requested at the same time.
  const sent = sandbox.received().findLast(({ path }) => path === '/new-lead/')
  const { data }: { readonly data?: { readonly main?: object } } = Object(sent?.body)
  return data?.main
}

describe('lists of the sandbox', { timeout }, () => {
  it('without a city: the typed place is sent', async () => {
    const started = await start({ cities: 0 })
    expect(await waitForLists(started.relay)).toBe(0)
    expect(await askCities(started.relay, '')).toEqual({ status: 200, cities: [], complete: false })
    const main = await placeOfLead(started, { region: 'Тюменская область', city: 'Тобольск' })
    expect(main).toMatchObject({ registration_region: 'Тюменская область', registration_city: 'Тобольск' })
  })

  it('with one city: it is found and sent by its id', async () => {
    const started = await start({ cities: 1 })
    expect(await waitForLists(started.relay)).toBe(1)
    const { cities } = await askCities(started.relay, '')
    expect(cities).toMatchObject([{ id: 'devtek:10000' }])
    const main = await placeOfLead(started, { city: cities[0]?.name })
    expect(main).toMatchObject({ registration_city: 10_000 })
  })

  it('with a thousand cities, bare, as texts, with codes: each is found by its name and sent by its code', async () => {
    const started = await start({ cities: 1000, listsBare: true, listsAsText: true, listsWithKladr: true })
    expect(await waitForLists(started.relay)).toBe(1000)
    const { regions }: { readonly regions?: readonly { readonly id: string; readonly name: string }[] } =
      Object((await request(started.relay, '/forms/main/regions')).body)
    const all: { readonly id: string; readonly name: string; readonly kladr?: string }[] = []
    for (const { id } of regions ?? []) {
      const { cities, complete } = await askCities(started.relay, `region=${id}`)
      expect(complete).toBe(true)
      for (const city of cities) all.push(Object(city))
    }
    expect(all).toHaveLength(1000)
    const found = await Promise.all(
      all.slice(0, 200).map(async ({ id, name }) => {
        const { cities } = await askCities(started.relay, new URLSearchParams({ query: name }).toString())
        return cities.some((city) => 'id' in city && city.id === id)
      }),
    )
    expect(found.filter((isFound) => !isFound)).toEqual([])
    const unique = all.find(({ name }) => all.filter((other) => other.name === name).length === 1)
    expect(await placeOfLead(started, { city: unique?.name })).toMatchObject({ kladr: unique?.kladr })
  })

  // As many as it takes to have a region that is not sent as a whole. The journeys load 200,000.
  it('with very many cities: leads are received while they are loaded, and they are found', async () => {
    const started = await start({ cities: 100_000 })
    expect(await placeOfLead(started, { city: 'Тобольск' })).toMatchObject({ registration_city: 'Тобольск' })
    expect(await waitForLists(started.relay)).toBe(100_000)
    const largest = await askCities(started.relay, 'region=devtek:40')
    expect(largest).toMatchObject({ complete: false, cities: { length: 300 } })
    const other = await askCities(started.relay, 'region=devtek:14')
    expect(other.complete).toBe(true)
    expect(other.cities.length).toBeGreaterThan(2500)
    expect((await askCities(started.relay, 'query=вер')).cities).toMatchObject({ length: 50 })
    const [city] = other.cities
    expect(
      (
        await askCities(
          started.relay,
          new URLSearchParams({ query: city?.name ?? '', region: 'devtek:14' }).toString(),
        )
      ).cities[0]?.name,
    ).toBe(city?.name)
  })

  it.each(['error-500', 'garbage', 'html', 'empty'] as const)(
    'that answer %s: the lead is sent with the typed place',
    async (lists) => {
      const started = await start({ lists })
      expect(await askCities(started.relay, 'query=тюмень')).toEqual({
        status: 200,
        cities: [],
        complete: false,
      })
      expect((await request(started.relay, '/forms/main/regions')).status).toBe(200)
      const main = await placeOfLead(started, { region: 'Тюменская область', city: 'Тобольск' })
      expect(main).toMatchObject({ registration_region: 'Тюменская область', registration_city: 'Тобольск' })
      expect(main).not.toHaveProperty('kladr')
    },
  )
})
