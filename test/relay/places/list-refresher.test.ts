import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { LeadValues } from '../../../src/lead/values.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'
import { advanceToRest, advanceUntil } from '../support/advance-time.ts'
import { adminToken, env, formEntry, inventLead } from '../support/invented.ts'
import {
  adminEnv,
  askCities,
  askNames,
  createFakeLists,
  importPlaces,
  listedCities,
  listedRegions,
  smallDirectory,
} from '../support/fake-place-lists.ts'
import { createRelayFixture, postLead, request, requestHealth } from '../support/relay-fixture.ts'

const hour = 3_600_000
const config = { adminToken: { env: 'ANKETA_ADMIN_TOKEN' } }
const log: string[] = []
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
}, 120_000)
afterAll(() => fixture.end())

/** Starts a relay with a test clock and a provider that has lists. */
async function start(folder?: string, clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))) {
  const provider = createFakeLists()
  const startIn = async (directory: string) =>
    fixture.start(directory, {
      config,
      env: adminEnv,
      fetch: provider.fetch,
      clock,
      log: (...line) => log.push(JSON.stringify(line)),
    })
  const used = folder ?? (await fixture.usedDatabase())
  return { provider, clock, folder: used, startIn, relay: await startIn(used) }
}

/** The places in /healthz. */
async function placesOf(relay: Relay) {
  const { places }: { readonly places?: unknown } = Object((await requestHealth(relay)).body)
  return places
}

async function expectLists(relay: Relay, lists: string): Promise<void> {
  const lines = log.filter((line) => !line.includes('"Request"')).join('\n')
  expect(await placesOf(relay), lines).toMatchObject({ lists })
}

/** Waits until the lists are there, which are requested at the start. */
async function waitForLists(relay: Relay): Promise<void> {
  await vi.waitFor(() => expectLists(relay, 'ok'), 30_000)
}

async function unmatchedOf(relay: Relay) {
  const headers = { authorization: `Bearer ${adminToken}` }
  return (await request(relay, '/admin/places/unmatched', { headers })).body
}

describe("Devtek's lists", { timeout: 120_000 }, () => {
  it('are served with their ids, without other countries, if nothing is imported', async () => {
    const { relay, provider } = await start()
    await waitForLists(relay)
    expect((await request(relay, '/forms/main/regions')).body).toEqual({
      regions: [
        { id: 'devtek:11', name: 'Москва', kladr: '7700000000000' },
        { id: 'devtek:14', name: 'Тюменская область', kladr: '7200000000000' },
        { id: 'devtek:40', name: 'Московская обл.', kladr: '5000000000000' },
      ],
    })
    expect(await askCities(relay, 'region=devtek:14')).toMatchObject({
      cities: [
        { id: 'devtek:506', name: 'Елкино', type: '', regionId: 'devtek:14', region: 'Тюменская область' },
        { id: 'devtek:507', name: 'Ивановка' },
        { id: 'devtek:505', name: 'Тюмень' },
      ],
      complete: true,
    })
    expect(await askNames(relay, 'query=алматы')).toEqual([])
    expect(await placesOf(relay)).toEqual({ imported: 0, listed: 5, unmatched: 3, lists: 'ok' })
    expect(provider.calls).toEqual(['get-regions', 'get-cities'])
  })

  it('get the codes of the imported directory', async () => {
    const { relay } = await start()
    await waitForLists(relay)
    await importPlaces(relay, smallDirectory)
    const check = async (one: Relay) => {
      expect((await request(one, '/forms/main/regions')).body).toMatchObject({
        regions: expect.arrayContaining([
          { id: 'devtek:14', name: 'Тюменская область', kladr: '7200000000000' },
          { id: 'kladr:4300000000000', name: 'Кировская область', kladr: '4300000000000' },
        ]),
      })
      expect((await askCities(one, 'region=devtek:14')).cities).toMatchObject([
        { id: 'devtek:505', name: 'Тюмень', type: 'г', kladr: '7200000100000', regionId: 'devtek:14' },
        { id: 'kladr:7200000200000', name: 'Тобольск', kladr: '7200000200000', regionId: 'devtek:14' },
        { id: 'devtek:506', name: 'Ёлкино', kladr: '7200200000100' },
        { name: 'Ивановка', kladr: '7200200000200' },
        { name: 'Ивановка', kladr: '7200300000300' },
        { id: 'devtek:507', name: 'Ивановка' },
      ])
      expect(await askCities(one, 'region=kladr:7200000000000')).toEqual(
        await askCities(one, 'region=devtek:14'),
      )
      expect(await askNames(one, 'query=тюмень')).toEqual(['Тюмень'])
      // Two villages have the name of a listed one, and one listed city is not in the directory.
      expect(await placesOf(one)).toMatchObject({ imported: 10, listed: 5, unmatched: 2 })
      expect(await unmatchedOf(one)).toEqual({
        cities: [
          { id: 'devtek:507', name: 'Ивановка', region: 'Тюменская область' },
          { id: 'devtek:508', name: 'Новоград', region: 'Московская обл.' },
        ],
      })
    }
    await check(relay)
  })

  it('may have codes of their own, and ids as texts', async () => {
    const { relay, provider, clock } = await start()
    await waitForLists(relay)
    provider.answer((path) =>
      path === 'get-regions'
        ? [{ region_id: '14', name: 'Тюменская область' }]
        : [{ city_id: '505', name: 'Тюмень', region_id: '14', kladr: '7200000100000' }],
    )
    await advanceUntil(clock, 24 * hour, async () =>
      expect(await askCities(relay, 'region=devtek:14')).toMatchObject({
        cities: [{ id: 'devtek:505', kladr: '7200000100000' }],
      }),
    )
    expect(await placesOf(relay)).toMatchObject({ listed: 1, unmatched: 0 })
  })

  it('are loaded again at the age of a day, and not before, also after a restart', async () => {
    const { relay, provider, clock, folder, startIn } = await start()
    await waitForLists(relay)
    await advanceToRest(clock, 23 * hour)
    await relay.close({ graceMs: 50 })
    const again = await startIn(folder)
    expect(await askNames(again, 'query=тюм')).toEqual(['Тюмень'])
    expect(provider.calls).toHaveLength(2)
    provider.answer((path) =>
      path === 'get-regions'
        ? [{ region_id: 14, name: 'Тюменская область' }]
        : [{ city_id: 1, name: 'Тюменцево', region_id: 14 }],
    )
    await advanceUntil(clock, hour, async () =>
      expect(await askNames(again, 'query=тюм')).toEqual(['Тюменцево']),
    )
    await advanceUntil(clock, 24 * hour, () => expect(provider.calls).toHaveLength(6))
  })

  it("are read from Devtek's other address if the first does not answer", async () => {
    const provider = createFakeLists()
    const entry = formEntry()
    const destinations = entry.destinations.map((destination) => ({ ...destination, baseUrl: undefined }))
    const called: string[] = []
    const relay = await fixture.start(await fixture.usedFolder(), {
      forms: { main: { ...entry, destinations } },
      fetch: async (url, init) => {
        called.push(url)
        return url.startsWith('https://api.devtek.ru/')
          ? new Response('', { status: 404 })
          : provider.fetch(url, init)
      },
    })
    await waitForLists(relay)
    expect(called).toEqual([
      'https://api.devtek.ru/get-regions/',
      'https://api.devtek.io/get-regions/',
      'https://api.devtek.io/get-cities/',
    ])
  })

  it('stay in use while Devtek is down, whatever it answers', async () => {
    const { relay, provider, clock } = await start()
    await waitForLists(relay)
    const oneRegion = [{ region_id: 14, name: 'Тюменская область' }]
    const answers: readonly ((path: string) => unknown)[] = [
      () => new Response('Internal Server Error', { status: 500 }),
      () => new Response('<!doctype html>'),
      () => new Response(''),
      () => new Response('\u0000PHP Notice: {"result" "ok"'),
      () => Response.json({ result: 'bad', data: [], errors: ['Access denied'] }, { status: 403 }),
      () => [],
      (path) => (path === 'get-regions' ? oneRegion : []),
      () => {
        throw new TypeError('fetch failed')
      },
    ]
    for (const broken of answers) {
      provider.answer(broken)
      await advanceUntil(clock, 24 * hour, () => expectLists(relay, 'stale'))
      expect(await askNames(relay, 'query=тюм')).toEqual(['Тюмень'])
      provider.answer((path) => (path === 'get-regions' ? oneRegion : listedCities))
      await advanceUntil(clock, 61_000, () => expectLists(relay, 'ok'))
      expect(await askNames(relay, 'query=тюм')).toEqual(['Тюмень'])
    }
  })

  it('that were never loaded leave the built-in regions, and are requested until they are loaded', async () => {
    const clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))
    const { relay, provider } = await startDown(clock)
    for (let failures = 1; failures < 4; failures += 1) {
      await advanceUntil(clock, 15_000 * 2 ** failures, () => provider.calls.length >= failures)
      await expectLists(relay, 'missing')
    }
    expect((await request(relay, '/forms/main/regions')).body).toMatchObject({
      regions: expect.arrayContaining([expect.objectContaining({ id: 'kladr:7200000000000' })]),
    })
    provider.answer((path) => (path === 'get-regions' ? listedRegions : listedCities))
    await advanceUntil(clock, hour, () => expectLists(relay, 'ok'))
    expect(await askNames(relay, 'query=тюм')).toEqual(['Тюмень'])
  })

  it('never show the token', () => {
    expect(log.join('\n')).toContain('A list of places was refreshed')
    expect(log.join('\n')).not.toContain(env.DEVTEK_TOKEN)
  })
})

/** Starts a relay with a provider whose lists fail from the start. */
async function startDown(clock = new TestClock(Date.parse('2026-11-22T09:00:00Z'))) {
  const provider = createFakeLists()
  provider.answer(() => new Response('', { status: 500 }))
  const ports = { env: adminEnv, config, clock, fetch: provider.fetch }
  return { provider, relay: await fixture.start(await fixture.usedDatabase(), ports) }
}

describe('a typed place', () => {
  let relay: Relay
  let leads: readonly unknown[]
  beforeAll(async () => {
    const started = await start()
    relay = started.relay
    leads = started.provider.leads
    await waitForLists(relay)
    await importPlaces(relay, smallDirectory)
  }, 60_000)

  /** Posts a lead with the values of a place. Returns the data that Devtek received. */
  async function sendPlace(values: LeadValues, to: Relay = relay, all = leads): Promise<unknown> {
    const { length } = all
    const lead = inventLead()
    const { city: _city, cityKladr: _code, ...others } = lead.values
    const answer = await postLead(to, { ...lead, values: { ...others, ...values } })
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
    const { data }: { readonly data?: unknown } = Object(all[length])
    return data
  }

  /** The fields of Devtek's data that name the place. */
  function placeOf(data: unknown): object {
    const { main }: { readonly main?: object } = Object(data)
    const names = ['kladr', 'registration_region', 'registration_city']
    return Object.fromEntries(Object.entries(main ?? {}).filter(([name]) => names.includes(name)))
  }

  it.each<[string, LeadValues, object]>([
    ['with a unique name', { city: 'тобольск' }, { kladr: '7200000200000' }],
    ['with its region', { region: 'Калужская обл', city: 'г. Киров' }, { kladr: '4000000700000' }],
    ['with е for ё', { region: 'Тюменская область', city: 'Елкино' }, { kladr: '7200200000100' }],
    ['with the id of its region', { regionId: 'devtek:14', city: 'Тюмень' }, { kladr: '7200000100000' }],
    ['with a name of several places', { city: 'Киров' }, { registration_city: 'Киров' }],
    [
      'with a name of several places of the region',
      { region: 'Тюменская область', city: 'Ивановка' },
      { registration_region: 'Тюменская область', registration_city: 'Ивановка' },
    ],
    [
      'in an unknown region',
      { region: 'Заречье', city: 'Тюмень' },
      { registration_region: 'Заречье', registration_city: 'Тюмень' },
    ],
    ['that is unknown', { city: 'Неведомск' }, { registration_city: 'Неведомск' }],
    [
      "that is in Devtek's list only",
      { city: 'Новоград' },
      { registration_region: 40, registration_city: 508 },
    ],
  ])('%s is sent to Devtek', async (_, values, main) => {
    expect(placeOf(await sendPlace(values))).toEqual(main)
  })

  it('keeps a posted code', async () => {
    expect(await sendPlace({ city: 'Тюмень', cityKladr: '7700000000000' })).toMatchObject({
      main: { kladr: '7700000000000' },
    })
  })

  it('is sent as typed if there is no directory', async () => {
    const { relay: never, provider } = await startDown()
    const data = await sendPlace({ region: 'Тюменская область', city: 'Тобольск' }, never, provider.leads)
    expect(placeOf(data)).toEqual({ registration_region: 'Тюменская область', registration_city: 'Тобольск' })
  })

  it('of registration or work gets its codes, too', async () => {
    const entry = formEntry()
    const provider = createFakeLists()
    const fields = ['registration', 'jobLocation'].map((name) => ({ name, required: false }))
    const definition = {
      ...entry.definition,
      steps: [...entry.definition.steps, { id: 'more', title: 'Адреса', fields }],
    }
    const full = await fixture.start(await fixture.usedDatabase(), {
      env: adminEnv,
      config,
      fetch: provider.fetch,
      forms: { main: { ...entry, definition } },
    })
    await importPlaces(full, smallDirectory)
    const data = await sendPlace(
      {
        city: 'Тюмень',
        registrationRegion: 'Московская область',
        registrationCity: 'Химки',
        jobRegion: 'Москва',
        jobCity: 'Москва',
      },
      full,
      provider.leads,
    )
    expect(data).toMatchObject({
      detailed: {
        registration_city: 'Химки',
        registration_city_kladr: '5000002700000',
        registration_region_kladr: '5000000000000',
      },
      job: { city: 'Москва', city_kladr: '7700000000000', region_kladr: '7700000000000' },
    })
  })
})
