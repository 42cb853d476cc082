import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { buildStreets } from '../../places/dbf.ts'
import {
  addressForms,
  askStreets,
  importStreetList,
  type Street,
} from '../../places/streets/import-streets.ts'
import { adminEnv } from '../../support/fake-place-lists.ts'
import { withDatabase } from '../../support/read-database.ts'
import { createRelayFixture, request } from '../../support/relay-fixture.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let folder: string
beforeAll(async () => {
  fixture = await createRelayFixture('postgres')
  folder = await mkdtemp(join(tmpdir(), 'anketa-streets-'))
})
afterAll(async () => {
  await fixture.end()
  await rm(folder, { recursive: true, force: true })
})

const forms = addressForms()

/** Streets of one city. Their names begin with the directory's name. */
function directory(name: string, length: number): readonly Street[] {
  return Array.from({ length }, (_, index) => [
    `72${String(Math.floor(index / 9000)).padStart(3, '0')}001000${String((index % 9000) + 1).padStart(4, '0')}00`,
    `${name} ${index}`,
    'ул',
  ])
}

async function nameAt(relay: Relay): Promise<string> {
  const { status, body } = await askStreets(relay, 'streets', { city: '7200000100000', query: '7' })
  const { streets = [] }: { readonly streets?: readonly { readonly name: string }[] } = Object(body)
  return `${status} ${[...new Set(streets.map(({ name }) => name.split(' ')[0]))].join(' and ')}`
}

describe('relays on one database', { timeout }, () => {
  it('all use a new directory at once, and none ever fails to search', async () => {
    const database = await fixture.usedDatabase()
    const start = () => fixture.start(database, { env: adminEnv, forms })
    const [one, two] = [await start(), await start()]
    expect(await importStreetList(one, 'streets', directory('Старая', 2000))).toMatchObject({
      body: { imported: 'stored' },
    })
    await expect.poll(() => nameAt(two)).toBe('200 Старая')
    await expect.poll(async () => (await request(two, '/forms/main')).body).toMatchObject({ streets: true })

    const answers: string[] = []
    let ended = false
    const searching = (async () => {
      while (!ended) for (const relay of [one, two]) answers.push(await nameAt(relay))
    })()
    for (const name of ['Новая', 'Другая']) {
      expect((await importStreetList(two, 'streets', directory(name, 2000))).status).toBe(200)
      await expect.poll(() => nameAt(one)).toBe(`200 ${name}`)
    }
    ended = true
    await searching
    expect(new Set(answers)).toEqual(new Set(['200 Старая', '200 Новая', '200 Другая']))
  })

  it('keep a replaced directory for a while, and remove it then', async () => {
    const database = await fixture.usedDatabase()
    const start = () => fixture.start(database, { env: adminEnv, forms })
    const relay = await start()
    await importStreetList(relay, 'streets', directory('Старая', 20))
    await importStreetList(relay, 'streets', directory('Новая', 20))
    const tables = () =>
      withDatabase(database, (opened) =>
        opened.query(`select from pg_tables where schemaname = 'anketa' and tablename ~ '^streets_'`),
      )
    expect(await tables()).toHaveLength(2)
    await withDatabase(database, (opened) =>
      opened.query(`update anketa.street_lists set retired_at = retired_at - interval '3 minutes'`),
    )
    await start()
    expect(await tables()).toHaveLength(1)
  })

  it('go on with the former directory when a command is killed, and the next one continues', async () => {
    const database = await fixture.usedDatabase()
    const relay = await fixture.start(database, { env: adminEnv, forms })
    await importStreetList(relay, 'streets', directory('Старая', 100))
    const config = join(folder, 'anketa.relay.json')
    await writeFile(config, JSON.stringify({ database, forms }))
    const length = 60_000
    const rows = directory('Новая', length).map(([code, name, type]) => [name, type, code] as const)
    await writeFile(join(folder, 'STREET.DBF'), buildStreets(rows))
    /** Runs the command, and returns what it prints. */
    const run = (stop?: AbortSignal) => {
      const child = spawn(
        process.execPath,
        ['src/relay/cli/bin.ts', 'places', 'import', '--config', config, join(folder, 'STREET.DBF')],
        { env: { ...process.env, ...adminEnv }, stdio: ['ignore', 'pipe', 'inherit'] },
      )
      stop?.addEventListener('abort', () => child.kill('SIGKILL'))
      let output = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
      return once(child, 'close').then(() => output)
    }
    const loaded = async () => {
      const [row] = await withDatabase(database, (opened) =>
        opened.query<{ loaded: number }>('select loaded from anketa.street_lists where switched_at is null'),
      )
      return row?.loaded ?? 0
    }

    const kill = new AbortController()
    const killed = run(kill.signal)
    await expect.poll(loaded, { interval: 20, timeout: 60_000 }).toBeGreaterThan(0)
    kill.abort()
    expect(await killed).not.toContain('Done')
    expect(await nameAt(relay)).toBe('200 Старая')

    expect(await run()).toMatch(/Goes on after [\d,]+ streets.*\nDone: 60,000 streets are in use\.\n$/s)
    await expect.poll(() => nameAt(relay)).toBe('200 Новая')
    expect(
      await withDatabase(database, (opened) => opened.query('select from anketa.streets_2')),
    ).toHaveLength(length)
  })
})
