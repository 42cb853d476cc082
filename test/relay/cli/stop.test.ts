import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyDatabaseTemplate } from '../../support/database-template.ts'
import { env, formEntry, inventLead } from '../support/invented.ts'
import { readDatabase } from '../support/read-database.ts'

let root: string
let folders = 0
const running = new Set<ChildProcess>()
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-stop-'))
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(root, { recursive: true, force: true })
})

/** A relay in a process of its own, in a folder of its own. */
async function spawnRelay({ used }: { readonly used: boolean }) {
  folders += 1
  const folder = join(root, `relay-${folders}`)
  await mkdir(folder)
  if (used) await copyDatabaseTemplate(join(folder, 'data'))
  const config = join(folder, 'anketa.relay.json')
  await writeFile(config, JSON.stringify({ port: 0, host: '127.0.0.1', forms: { main: formEntry() } }))
  const child = spawn(process.execPath, ['src/relay/cli/bin.ts', '--config', config], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  const exited = once(child, 'exit').then(([code, signal]: unknown[]) => ({ code, signal }))
  const lines: string[] = []
  const waiting = new Map<string, () => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    for (const [word, resolve] of waiting) if (line.includes(word)) resolve()
  })
  return {
    child,
    exited,
    lines,
    data: join(folder, 'data'),
    /** Waits for a line of the log. */
    logged: (word: string) =>
      Promise.race([
        new Promise<void>((resolve) => {
          waiting.set(word, resolve)
          if (lines.some((line) => line.includes(word))) resolve()
        }),
        exited.then((exit) => {
          throw new Error(`the relay ended without "${word}": ${JSON.stringify(exit)}\n${lines.join('\n')}`)
        }),
      ]),
    kill: (signal: NodeJS.Signals = 'SIGTERM') => child.kill(signal),
  }
}

const stopped = { code: 0, signal: null }

it.each([
  ['while its modules are loaded', 120],
  ['as it begins to create its database', 500],
  ['while it creates its database', 1200],
  ['later during its first start', 2500],
])('SIGTERM %s ends it with code 0', { timeout: 120_000 }, async (_, ms) => {
  const relay = await spawnRelay({ used: false })
  await pause(ms)
  relay.kill()
  expect(await relay.exited).toEqual(stopped)
})

it.each([0, 100, 300, 700])(
  'SIGTERM %i ms after a start on a used folder has begun ends it with code 0',
  { timeout: 60_000 },
  async (ms) => {
    const relay = await spawnRelay({ used: true })
    await relay.logged('Starting')
    await pause(ms)
    relay.kill()
    expect(await relay.exited).toEqual(stopped)
    expect(await readDatabase(relay.data, 'select count(*)::int from anketa.leads')).toEqual([{ count: 0 }])
  },
)

it(
  'says what a first start does, and SIGTERM twice under load loses no lead',
  { timeout: 120_000 },
  async () => {
    const relay = await spawnRelay({ used: false })
    await relay.logged('Ready')
    expect(relay.lines.findIndex((line) => line.includes('Creating the database'))).toBe(1)
    const port = /port=(\d+)/.exec(relay.lines.find((line) => line.includes('Ready')) ?? '')?.[1]
    const answered: string[] = []
    const post = async (): Promise<void> => {
      for (;;) {
        const lead = inventLead()
        const response = await fetch(`http://127.0.0.1:${port}/forms/main/leads`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(lead),
        }).catch(() => undefined)
        if (!response) return
        if (response.status < 300) answered.push(lead.id)
      }
    }
    const posting = Promise.all([post(), post(), post()])
    await pause(8000)
    relay.kill()
    await pause(20)
    relay.kill()
    expect(await relay.exited).toEqual(stopped)
    await posting
    const stored = (await readDatabase(relay.data, 'select id from anketa.leads')).map((row) =>
      Reflect.get(row, 'id'),
    )
    expect(answered.length).toBeGreaterThan(0)
    expect(answered.filter((id) => !stored.includes(id))).toEqual([])
  },
)
