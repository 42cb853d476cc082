import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { inventLead } from '../support/invented.ts'
import { readDatabase } from '../support/read-database.ts'
import { postByHttp, type RelayProcess, spawnRelay } from '../support/process/relay-process.ts'

let root: string
let folders = 0
const running = new Set<RelayProcess>()
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-stop-'))
})
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL')
  await rm(root, { recursive: true, force: true })
})

/** Starts a relay in a folder of its own, with a database that a relay has used or with none. */
async function start({ used, nodeOptions }: { readonly used: boolean; readonly nodeOptions?: string[] }) {
  folders += 1
  const folder = join(root, `relay-${folders}`)
  const data = join(folder, 'data')
  await mkdir(folder)
  if (used) await copyDatabaseTemplate(data)
  const relay = await spawnRelay(folder, {}, nodeOptions)
  running.add(relay)
  return { ...relay, data, stop: () => relay.child.kill('SIGTERM') }
}

const stopped = { code: 0, signal: null }

it('SIGTERM while its modules are loaded ends it with code 0', { timeout: 60_000 }, async () => {
  // Says when the signal is handled, which is before any other module is loaded.
  const observer = `const { on } = process
    process.on = function (name, ...rest) {
      const result = on.call(this, name, ...rest)
      if (name === 'SIGTERM') console.log('SIGTERM is handled')
      return result
    }`
  const nodeOptions = ['--import', `data:text/javascript,${encodeURIComponent(observer)}`]
  const relay = await start({ used: false, nodeOptions })
  await relay.logged('SIGTERM is handled')
  relay.stop()
  expect(await relay.exited).toEqual(stopped)
  expect(relay.lines).toEqual(['SIGTERM is handled'])
})

it.each([
  ['as it begins to create its database', 500],
  ['while it creates its database', 1200],
  ['later during its first start', 2500],
])('SIGTERM %s ends it with code 0', { timeout: 120_000 }, async (_, ms) => {
  const relay = await start({ used: false })
  await pause(ms)
  relay.stop()
  expect(await relay.exited).toEqual(stopped)
})

it.each([0, 100, 300, 700])(
  'SIGTERM %i ms after a start on a used folder has begun ends it with code 0',
  { timeout: 60_000 },
  async (ms) => {
    const relay = await start({ used: true })
    await relay.logged('Starting')
    await pause(ms)
    relay.stop()
    expect(await relay.exited).toEqual(stopped)
    expect(await readDatabase(relay.data, 'select count(*)::int from anketa.leads')).toEqual([{ count: 0 }])
  },
)

it(
  'says what a first start does, and SIGTERM twice under load loses no lead',
  { timeout: 120_000 },
  async () => {
    const relay = await start({ used: false })
    await relay.logged('Ready')
    expect(relay.lines.findIndex((line) => line.includes('Creating the database'))).toBe(1)
    const address = await relay.address()
    const answered: string[] = []
    const post = async (): Promise<void> => {
      for (;;) {
        const lead = inventLead()
        const response = await postByHttp(address, lead)
        if (!response) return
        if (response.status < 300) answered.push(lead.id)
      }
    }
    const posting = Promise.all([post(), post(), post()])
    await expect.poll(() => answered.length, { timeout: 60_000 }).toBeGreaterThan(20)
    relay.stop()
    await pause(20)
    relay.stop()
    expect(await relay.exited).toEqual(stopped)
    await posting
    const stored = (await readDatabase(relay.data, 'select id from anketa.leads')).map((row) =>
      Reflect.get(row, 'id'),
    )
    expect(answered.length).toBeGreaterThan(0)
    expect(answered.filter((id) => !stored.includes(id))).toEqual([])
  },
)
