import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKladr } from './dbf.ts'
import { createFakeProvider } from '../support/fake-provider.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { adminEnv, askCities, importPlaces, type Place, smallDirectory } from '../support/fake-place-lists.ts'
import { createRelayFixture, postLead, toDatabaseOption } from '../support/relay-fixture.ts'

const timeout = 120_000
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let root: string
beforeAll(async () => {
  fixture = await createRelayFixture()
  root = await mkdtemp(join(tmpdir(), 'anketa-import-'))
}, timeout)
afterAll(async () => {
  await fixture.end()
  await rm(root, { recursive: true, force: true })
})

/** A directory of 5,000 places. Their names begin with the directory's name. */
function directory(name: string): readonly Place[] {
  return Array.from({ length: 5000 }, (_, index) => {
    const [district, place] = [Math.floor(index / 500), (index % 500) + 1]
    return [
      `72${String(district).padStart(3, '0')}${String(place).padStart(3, '0')}00000`,
      `${name} ${index}`,
      'с',
    ]
  })
}

it('an import loses no lead, and the places switch all at the same time', { timeout }, async () => {
  const provider = createFakeProvider()
  const config = { adminToken: { env: 'ANKETA_ADMIN_TOKEN' } }
  const relay = await fixture.start(await fixture.usedDatabase(), {
    config,
    env: adminEnv,
    fetch: provider.fetch,
  })
  await importPlaces(relay, directory('Старое'))

  const importing = importPlaces(relay, directory('Новое')).finally(() => {
    ended = true
  })
  let ended = false
  const statuses: number[] = []
  const answers: string[] = []
  // Each request yields to the event loop, as requests over a network do.
  const posting = (async () => {
    for (let count = 0; !ended || count < 20; count += 1) {
      statuses.push((await postLead(relay, inventLead())).status)
      await yieldToEventLoop()
    }
  })()
  const search = async () => {
    const { cities } = await askCities(relay, 'region=kladr:7200000000000')
    const names = new Set(cities.map(({ name }) => name.split(' ')[0]))
    answers.push(`${cities.length} ${[...names].join(' and ')}`)
    await yieldToEventLoop()
  }
  for (let count = 0; !ended || count < 20; count += 1) await search()
  await search()
  expect(await importing).toMatchObject({ status: 200, body: { imported: 'stored' } })
  await posting
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(provider.bodies).toHaveLength(statuses.length)
  // First the old places, then the new ones, never both.
  expect(answers.filter((answer, index) => answer !== answers[index - 1])).toEqual([
    '5000 Старое',
    '5000 Новое',
  ])
})

it('a second import at the same time is refused', { timeout }, async () => {
  const config = { adminToken: { env: 'ANKETA_ADMIN_TOKEN' } }
  const relay = await fixture.start(await fixture.usedDatabase(), { config, env: adminEnv })
  const first = importPlaces(relay, directory('Первое'))
  expect(await importPlaces(relay, smallDirectory)).toMatchObject({
    status: 409,
    body: { error: { code: 'busy' } },
  })
  expect(await first).toMatchObject({ status: 200 })
})

it('an import that is interrupted by a stop leaves the former places', { timeout }, async () => {
  const config = { adminToken: { env: 'ANKETA_ADMIN_TOKEN' } }
  const folder = await fixture.usedDatabase()
  const relay = await fixture.start(folder, { config, env: adminEnv })
  await importPlaces(relay, smallDirectory)
  const interrupted = importPlaces(relay, directory('Новое'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  await relay.close({ graceMs: 50 })
  expect(await interrupted).toMatchObject({ status: 500 })
  const next = await fixture.start(folder, { config, env: adminEnv })
  expect((await askCities(next, 'query=тобольск')).cities).toMatchObject([{ kladr: '7200000200000' }])
})

describe('the command', { timeout }, () => {
  const rows = [
    ['Тюменская', 'обл', '7200000000000'],
    ['Тюмень', 'г', '7200000100000'],
    ['Тобольск', 'г', '7200000200000'],
  ] as const
  let config: string

  beforeAll(async () => {
    const folder = join(root, 'configured')
    await mkdir(folder)
    config = join(folder, 'anketa.relay.json')
    await writeFile(
      config,
      JSON.stringify({
        port: 0,
        host: '127.0.0.1',
        database: toDatabaseOption(await fixture.usedDatabase()),
        adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
        forms: { main: formEntry() },
      }),
    )
    await writeFile(join(folder, 'KLADR.DBF'), buildKladr(rows))
    await writeFile(join(folder, 'broken.DBF'), buildKladr([...rows, ['Х', 'с', '1']]))
    await writeFile(
      join(folder, 'city.csv'),
      'kladr_id,region,city,population\n7200000200000,Тюменская,Тобольск,100352\n',
    )
  })

  /** Runs the command in the folder of the files. */
  async function run(...args: readonly string[]) {
    const child = spawn(process.execPath, [join(process.cwd(), 'src/relay/cli/bin.ts'), ...args], {
      cwd: join(root, 'configured'),
      env: { ...process.env, ...adminEnv },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
    const [code] = await once(child, 'close')
    return { code, output }
  }

  it('imports into the database folder if no relay runs, and skips unchanged places', async () => {
    expect(await run('places', 'import', '--config', config, 'KLADR.DBF', 'city.csv')).toEqual({
      code: 0,
      output:
        'KLADR.DBF: 2 cities and villages, 1 other rows\ncity.csv: 1 cities and villages\nDone: 2 cities and villages of 1 regions are in use.\n',
    })
    expect(await run('places', 'import', 'city.csv', 'KLADR.DBF', '-c', config)).toMatchObject({
      code: 0,
      output: expect.stringContaining('Nothing to do: these places are in use already.'),
    })
    expect(await run('places', 'unmatched', '-c', config)).toEqual({
      code: 0,
      output: '0 cities without a code\n',
    })
  })

  it('names the malformed row of a file, and changes nothing', async () => {
    const { code, output } = await run('places', 'import', '--config', config, 'broken.DBF')
    expect(code).toBe(1)
    expect(output).toBe('Nothing was changed. broken.DBF, row 4: CODE: expected 13 digits, got "1"\n')
  })

  it('finds the running relay and imports through it', async () => {
    const relay = spawn(process.execPath, ['src/relay/cli/bin.ts', '--config', config], {
      env: { ...process.env, ...adminEnv },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const exited = once(relay, 'exit')
      let port = ''
      for await (const line of createInterface({ input: relay.stdout })) {
        port = /Ready port=(\d+)/.exec(line)?.[1] ?? ''
        if (port !== '') break
      }
      const result = await run('places', 'import', '--config', config, 'KLADR.DBF')
      // A database that relays share is open to the command, too.
      const how = fixture.engine === 'pglite' ? 'The relay is running: the places go through it.\n' : ''
      expect(result).toMatchObject({ code: 0, output: expect.stringContaining(`${how}Done: 2 cities`) })
      await expect
        .poll(async () => {
          const query = encodeURIComponent('тобольск')
          return (await fetch(`http://127.0.0.1:${port}/forms/main/cities?query=${query}`)).json()
        })
        .toMatchObject({ cities: [{ kladr: '7200000200000' }] })
      expect(await run('places', 'unmatched', '-c', config)).toMatchObject({ code: 0 })
      relay.kill('SIGTERM')
      expect(await exited).toEqual([0, null])
    } finally {
      relay.kill('SIGKILL')
    }
  })

  it.each([
    [['places'], 'there is no command "places"'],
    [['places', 'export', '-c', 'x'], 'there is no command "places export"'],
    [['places', 'import', '-c', 'x'], 'places import: expected FILE…'],
    [['places', 'import', 'KLADR.DBF'], 'the configuration is missing: add --config FILE'],
    [['places', 'import', '--form', 'x'], "Unknown option '--form'"],
    [[], 'the configuration is missing: add --config FILE'],
  ])('explains invalid arguments: %o', async (args, message) => {
    const { code, output } = await run(...args)
    expect(code).toBe(2)
    expect(output).toContain(`anketa-relay: ${message}`)
    expect(output).toContain('anketa-relay --help')
  })

  it('names a missing file', async () => {
    expect(await run('places', 'import', '-c', config, 'none.csv')).toMatchObject({
      code: 1,
      output: expect.stringContaining('none.csv: there is no such file'),
    })
    expect(await run('places', 'import', '-c', 'none.json', 'city.csv')).toMatchObject({
      code: 1,
      output: expect.stringContaining('A file is missing'),
    })
  })
})
