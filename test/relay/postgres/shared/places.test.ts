import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import {
  adminEnv,
  createFakeLists,
  askDepartments,
  importDepartments,
  importPlaces,
  type Place,
} from '../../support/fake-place-lists.ts'
import { formEntry } from '../../support/invented.ts'
import { withDatabase } from '../../support/read-database.ts'
import { createRelayFixture, request, requestHealth } from '../../support/relay-fixture.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
})
afterAll(() => fixture.end())

const config = { adminToken: { env: 'ANKETA_ADMIN_TOKEN' } }

/** A directory of 3,000 places. Their names begin with the directory's name. */
function directory(name: string): readonly Place[] {
  return Array.from({ length: 3000 }, (_, index) => {
    const [district, place] = [Math.floor(index / 500), (index % 500) + 1]
    return [
      `72${String(district).padStart(3, '0')}${String(place).padStart(3, '0')}00000`,
      `${name} ${index}`,
      'с',
    ]
  })
}

async function startSeveral(count: number) {
  const lists = createFakeLists()
  const database = await fixture.usedDatabase()
  const start = () => fixture.start(database, { config, env: adminEnv, fetch: lists.fetch })
  return { database, lists, start, relays: await Promise.all(Array.from({ length: count }, start)) }
}

async function namesAt(relay: Relay): Promise<string> {
  const { status, body } = await request(relay, '/forms/main/cities?region=kladr:7200000000000')
  const { cities = [] }: { readonly cities?: readonly { readonly name: string }[] } = Object(body)
  // A lender's list has other names, without a number.
  const names = cities.map(({ name }) => name.split(' ')).flatMap(([name, number]) => (number ? [name] : []))
  return `${status} ${[...new Set(names)].join(' and ')}`
}

describe('relays on one database', { timeout }, () => {
  it('all use a new directory at once, and none ever fails to search', async () => {
    const { relays } = await startSeveral(2)
    const [one, two] = relays
    if (!one || !two) throw new Error('no relays')
    await importPlaces(one, directory('Старое'))
    await expect.poll(() => namesAt(two)).toContain('Старое')

    const answers: string[] = []
    let ended = false
    const searching = (async () => {
      while (!ended) for (const relay of relays) answers.push(await namesAt(relay))
    })()
    for (const name of ['Новое', 'Другое']) {
      expect((await importPlaces(two, directory(name))).status).toBe(200)
      await expect.poll(() => namesAt(one), { timeout: 5000 }).toContain(name)
    }
    ended = true
    await searching
    expect(answers.filter((answer) => !answer.startsWith('200 '))).toEqual([])
    expect(answers.filter((answer) => answer.includes(' and '))).toEqual([])
  })

  it('keep a replaced list for a while, and remove it then', async () => {
    const { relays, database, start } = await startSeveral(1)
    const [relay] = relays
    if (!relay) throw new Error('no relay')
    await importPlaces(relay, directory('Старое'))
    await importPlaces(relay, directory('Новое'))
    const tables = () =>
      withDatabase(database, (opened) =>
        opened.query(`select from pg_tables where schemaname = 'anketa' and tablename ~ '^places_'
          and tablename in (select 'places_' || generation from anketa.place_generations where source = 'kladr')`),
      )
    expect(await tables()).toHaveLength(2)
    await withDatabase(database, (opened) =>
      opened.query(`update anketa.place_generations set retired_at = retired_at - interval '3 minutes'`),
    )
    await start()
    expect(await tables()).toHaveLength(1)
  })

  it('all announce a directory of departments that one has imported, and answer from it at once', async () => {
    const database = await fixture.usedDatabase()
    const entry = formEntry()
    const fields = ['passport', 'passportIssuedDate', 'passportIssuedCode', 'passportIssuedBy']
    const steps = [...entry.definition.steps, { id: 'passport', title: 'Паспорт', fields }]
    const forms = { main: { ...entry, definition: { ...entry.definition, steps } } }
    const start = () => fixture.start(database, { config, env: adminEnv, forms })
    const [one, two] = [await start(), await start()]
    expect(await importDepartments(one, { '720-001': ['ОВД'] })).toMatchObject({
      body: { imported: 'stored' },
    })
    expect(await askDepartments(two, '720-001')).toMatchObject({
      body: { departments: ['ОВД'] },
    })
    await expect
      .poll(async () => (await request(two, '/forms/main')).body)
      .toMatchObject({ departments: true })
  })

  it('start without removing what another one is loading', async () => {
    const { relays, start } = await startSeveral(1)
    const [relay] = relays
    if (!relay) throw new Error('no relay')
    const importing = importPlaces(relay, directory('Новое'))
    for (let count = 0; count < 3; count += 1) await start()
    expect(await importing).toMatchObject({ status: 200, body: { imported: 'stored' } })
    expect(await namesAt(relay)).toContain('Новое')
  })

  it('import one after the other', async () => {
    const { relays } = await startSeveral(3)
    const results = await Promise.all(
      relays.map((relay, index) =>
        importPlaces(relay, directory(['Первое', 'Второе', 'Третье'][index] ?? '')),
      ),
    )
    expect(results.map(({ status }) => status)).toEqual([200, 200, 200])
    await expect
      .poll(async () => new Set(await Promise.all(relays.map(namesAt))).size, { timeout: 10_000 })
      .toBe(1)
    for (const relay of relays) expect(await namesAt(relay)).toMatch(/^200 (Первое|Второе|Третье)/)
  })

  it('fetch a list of a lender once', async () => {
    const { relays, lists } = await startSeveral(4)
    for (const relay of relays)
      await expect
        .poll(async () => (await requestHealth(relay)).body, { timeout: 20_000 })
        .toMatchObject({ places: { lists: 'ok' } })
    expect(lists.calls.toSorted()).toEqual(['get-cities', 'get-regions'])
  })

  it('search on with a list whose tables are gone meanwhile', async () => {
    const { relays, database } = await startSeveral(1)
    const [relay] = relays
    if (!relay) throw new Error('no relay')
    await importPlaces(relay, directory('Старое'))
    // As after the loss of the connection for longer than replaced lists are kept.
    await withDatabase(database, async (opened) => {
      await opened.query('delete from anketa.place_generations')
      const tables = await opened.query<{ name: string }>(
        `select tablename as name from pg_tables where schemaname = 'anketa' and tablename ~ '^place(s|_words|_heads)_'`,
      )
      for (const { name } of tables) await opened.query(`drop table if exists anketa.${name}`)
    })
    expect((await request(relay, '/forms/main/cities?query=старое')).status).toBe(200)
  })
})
