import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Fetch } from '../../../../src/delivery/send-http.ts'
import { describeStreets } from '../../../../src/relay/cli/places/describe-streets.ts'
import { placesImportCommand } from '../../../../src/relay/cli/places/places-import.ts'
import { loadConfig } from '../../../../src/relay/cli/read-config-file.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { buildHouses, buildKladr, buildStreets } from '../dbf.ts'
import { adminEnv } from '../../support/fake-place-lists.ts'
import { formEntry } from '../../support/invented.ts'
import { createRelayFixture, request, toDatabaseOption } from '../../support/relay-fixture.ts'
import {
  addressForms,
  askStreetNames,
  askStreets,
  type Houses,
  importStreetList,
  smallHouses,
  smallStreets,
  type Street,
} from './import-streets.ts'

const city = '7200000100000'
const street = '72000001000000100'

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let database: string
let relay: Relay
let folder: string

beforeAll(async () => {
  fixture = await createRelayFixture()
  folder = await mkdtemp(join(tmpdir(), 'anketa-streets-'))
  database = await fixture.usedDatabase()
  relay = await start()
}, 120_000)
afterAll(async () => {
  await fixture.end()
  await rm(folder, { recursive: true, force: true })
})

function start(): Promise<Relay> {
  return fixture.start(database, { forms: addressForms(), env: adminEnv })
}

async function isServed(form: string, of = relay): Promise<boolean> {
  const { body } = await request(of, `/forms/${form}`)
  return Object(body).streets === true
}

const namesOf = (query: string) => askStreetNames(relay, query, city)

describe('without a directory', () => {
  it('no definition promises streets, and none are served', async () => {
    expect(await isServed('main')).toBe(false)
    for (const [what, body] of [
      ['streets', { city, query: '' }],
      ['houses', { street, query: '' }],
    ] as const)
      expect(await askStreets(relay, what, body)).toMatchObject({
        status: 404,
        body: { error: { code: 'not-found' } },
      })
  })
})

describe('an import', () => {
  it.each<[string, readonly Street[]]>([
    ['a code that is no street', [['7200000100000', 'Ленина', 'ул']]],
    ['a former name', [['72000001000000101', 'Ленина', 'ул']]],
    ['no name', [['72000001000000100', '', 'ул']]],
    ['an index of five digits', [['72000001000000100', 'Ленина', 'ул', '62500']]],
  ])('is refused: %s', async (_, rows) => {
    expect(await importStreetList(relay, 'streets', rows)).toMatchObject({
      status: 400,
      body: { error: { code: 'not-places' } },
    })
    expect(await isServed('main')).toBe(false)
  })

  it.each<[string, unknown]>([
    ['another list', { list: 'flats', fingerprint: 'a'.repeat(64), rows: 1 }],
    ['no rows', { list: 'streets', fingerprint: 'a'.repeat(64), rows: 0 }],
    ['no fingerprint', { list: 'streets', rows: 1 }],
    ['nothing', undefined],
  ])('does not begin with %s', async (_, body) => {
    const answer = await request(relay, '/admin/streets', {
      method: 'POST',
      headers: { authorization: `Bearer ${adminEnv.ANKETA_ADMIN_TOKEN}` },
      body: JSON.stringify(body) ?? '',
    })
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'not-places' } } })
  })

  it.each(['0', '999999', 'x', "1'--", '99999999999999999999'])(
    'has no part with the number %s',
    async (number) => {
      const answer = await request(relay, `/admin/streets/${encodeURIComponent(number)}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminEnv.ANKETA_ADMIN_TOKEN}` },
        body: JSON.stringify({ first: 0, rows: [] }),
      })
      expect(answer).toMatchObject({ status: 409, body: { error: { code: 'busy' } } })
    },
  )

  it('needs the admin token', async () => {
    expect(await importStreetList(relay, 'streets', smallStreets, { token: 'wrong' })).toMatchObject({
      status: 403,
    })
  })

  it('of streets is stored once, and announced where the form asks for a street', async () => {
    expect(await importStreetList(relay, 'streets', smallStreets, { part: 5 })).toMatchObject({
      body: { imported: 'stored', loaded: smallStreets.length },
    })
    expect(await importStreetList(relay, 'streets', smallStreets)).toMatchObject({
      body: { imported: 'unchanged' },
    })
    expect([await isServed('main'), await isServed('short')]).toEqual([true, false])
    expect((await askStreets(relay, 'streets', { city, query: '' }, { form: 'short' })).status).toBe(404)
    // There are no houses yet.
    expect((await askStreets(relay, 'houses', { street, query: '' })).status).toBe(404)
  })

  it('of houses is one of its own', async () => {
    expect(await importStreetList(relay, 'houses', smallHouses)).toMatchObject({
      body: { imported: 'stored' },
    })
    const { body } = await request(relay, '/admin/streets', {
      headers: { authorization: `Bearer ${adminEnv.ANKETA_ADMIN_TOKEN}` },
    })
    expect(body).toEqual({ streets: smallStreets.length, houses: smallHouses.length })
  })
})

describe('a new directory', () => {
  const directory = (name: string): readonly Street[] =>
    Array.from({ length: 3000 }, (_, index) => [
      `72000001000${String(index + 1).padStart(4, '0')}00`,
      `${name} ${String(index).padStart(4, '0')}`,
      'ул',
    ])

  it('replaces the former one as a whole, and no request fails meanwhile', async () => {
    expect(await importStreetList(relay, 'streets', directory('Старая'))).toMatchObject({
      body: { imported: 'stored' },
    })
    let ended = false
    const importing = importStreetList(relay, 'streets', directory('Новая')).finally(() => (ended = true))
    const seen: string[] = []
    for (let count = 0; !ended || count < 10; count += 1) {
      const names = await namesOf('0')
      seen.push([...new Set(names.map((one) => one.split(' ')[0]))].join(' and '))
      // As requests over a network do.
      await yieldToEventLoop()
    }
    expect(await importing).toMatchObject({ status: 200, body: { imported: 'stored' } })
    seen.push(...new Set((await namesOf('0')).map((one) => one.split(' ')[0] ?? '')))
    expect(seen.filter((one, index) => one !== seen[index - 1])).toEqual(['Старая', 'Новая'])
  })

  it('says that there are more than 50', async () => {
    const { body } = await askStreets(relay, 'streets', { city, query: 'новая' })
    const { streets }: { readonly streets?: readonly unknown[] } = Object(body)
    expect([streets?.length, Object(body).complete]).toEqual([50, false])
  })

  it('that was interrupted leaves the one in use, and is continued', async () => {
    const rows = directory('Третья')
    // The first part only.
    const post = (path: string, body: object) =>
      request(relay, path, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminEnv.ANKETA_ADMIN_TOKEN}` },
        body: JSON.stringify(body),
      })
    const content = { list: 'streets', fingerprint: 'b'.repeat(64), rows: rows.length }
    const { body } = await post('/admin/streets', content)
    const { generation }: { readonly generation?: number } = Object(body)
    const part = (first: number, end: number) =>
      post(`/admin/streets/${generation}`, {
        first,
        rows: rows.slice(first, end).map((row) => [...row, null]),
      })
    expect((await part(0, 1500)).body).toEqual({ loaded: 1500 })
    // A part that was sent twice, or too early, or another import meanwhile.
    expect(await part(0, 1500)).toMatchObject({ status: 409 })
    expect(await part(2000, 2500)).toMatchObject({ status: 409 })
    expect(await importStreetList(relay, 'streets', directory('Четвёртая'))).toMatchObject({ status: 409 })
    expect((await namesOf('0'))[0]).toMatch(/^Новая/)
    await relay.close({ graceMs: 100 })
    relay = await start()
    expect(await isServed('main')).toBe(true)
    expect((await namesOf('0'))[0]).toMatch(/^Новая/)
    expect((await post('/admin/streets', content)).body).toEqual({ generation, loaded: 1500 })
    expect((await part(1500, 3000)).body).toEqual({ loaded: 3000, imported: 'stored' })
    expect((await namesOf('0'))[0]).toMatch(/^Третья/)
  })
})

describe('the command', { timeout: 60_000 }, () => {
  const streets = [
    ['Ленина', 'ул', '72000001000000100', '625000'],
    ['Бывшая', 'ул', '72000001000000101', '625000'],
    ['Мира', 'пр-кт', '72000001000000200'],
  ] as const
  const houses = [['1,3к1,Н(5-31)', '7200000100000010001', '625001']] as const

  /** Runs the command; the running relay is reached by `fetch`. */
  async function run(...names: readonly string[]) {
    const output: string[] = []
    const write = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => output.push(String(text)) > 0)
    for (const [name, value] of Object.entries(adminEnv)) vi.stubEnv(name, value)
    const config = join(folder, 'anketa.relay.json')
    const fetch: Fetch = (url, init) => relay.fetch(new Request(url, init), { address: '127.0.0.1' })
    try {
      await placesImportCommand.run(
        { config, positionals: names.map((name) => join(folder, name)), options: {} },
        { fetch, stopSignal: new AbortController().signal, widgetUrl: new URL(import.meta.url) },
      )
      return { output: output.join(''), described: await describeStreets(await loadConfig(config), fetch) }
    } finally {
      write.mockRestore()
      vi.unstubAllEnvs()
    }
  }

  beforeAll(async () => {
    await writeFile(
      join(folder, 'anketa.relay.json'),
      JSON.stringify({
        database: toDatabaseOption(database),
        adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
        forms: { main: formEntry() },
      }),
    )
    await writeFile(join(folder, 'STREET.DBF'), buildStreets(streets))
    await writeFile(join(folder, 'DOMA.DBF'), buildHouses(houses))
    await writeFile(
      join(folder, 'KLADR.DBF'),
      buildKladr([
        ['Тюменская', 'обл', '7200000000000'],
        ['Тюмень', 'г', '7200000100000'],
      ]),
    )
    await writeFile(join(folder, 'broken.dbf'), buildHouses([...houses, ['1', '72000001000000']]))
  })

  const through = () =>
    fixture.engine === 'pglite' ? 'The relay is running: the streets go through it.\n' : ''

  it('imports all files of the classifier, and skips those that are in use', async () => {
    const { output, described } = await run('DOMA.DBF', 'KLADR.DBF', 'STREET.DBF')
    expect(output).toContain('KLADR.DBF: 1 cities and villages')
    expect(output).toContain('STREET.DBF: 2 streets, 1 other rows\nDOMA.DBF: 1 rows of houses\n')
    expect(output.endsWith('Done: 2 streets are in use.\nDone: 1 rows of houses are in use.\n')).toBe(true)
    expect(described).toBe('streets: 2 are imported, with 1 rows of houses')
    await expect.poll(() => namesOf('')).toEqual(['Ленина ул', 'Мира пр-кт'])
    expect(await askStreets(relay, 'houses', { street, query: '3 корпус 1' })).toMatchObject({
      body: { houses: [{ kladr: '7200000100000010001', name: '3к1', index: '625001' }] },
    })
    expect((await run('STREET.DBF')).output).toBe(
      `STREET.DBF: 2 streets, 1 other rows\n${through()}Nothing to do: these streets are in use already.\n`,
    )
  })

  it('names the malformed row of a file, and changes nothing', async () => {
    await writeFile(join(folder, 'other.dbf'), buildStreets([['Другая', 'ул', '72000001000000100']]))
    await expect(run('other.dbf', 'broken.dbf')).rejects.toThrow(
      'broken.dbf, row 2: CODE: expected 19 digits, got "72000001000000"',
    )
    expect(await namesOf('')).toEqual(['Ленина ул', 'Мира пр-кт'])
  })
})

it('streets and houses are in no backup', async () => {
  const response = await relay.fetch(
    new Request('https://relay.example.ru/admin/backup', {
      headers: { authorization: `Bearer ${adminEnv.ANKETA_ADMIN_TOKEN}` },
    }),
  )
  const backup = gunzipSync(await response.arrayBuffer()).toString()
  expect(backup).toContain('"table":"place_generations"')
  expect(backup).not.toMatch(/"table":"(?:street|house)/)
})

it('houses and streets of a directory can be imported in any order', async () => {
  const rows: readonly Houses[] = [['7200000200000010001', '1-3']]
  expect(await importStreetList(relay, 'houses', rows)).toMatchObject({ body: { imported: 'stored' } })
  expect(await askStreets(relay, 'houses', { street: '72000002000000100', query: '2' })).toMatchObject({
    body: { houses: [{ kladr: '7200000200000010001', name: '2' }] },
  })
})
