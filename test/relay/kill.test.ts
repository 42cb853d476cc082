import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { number, object, parse } from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDevtekServer } from './support/devtek-server.ts'
import { inventLead, type InventedLead } from './support/invented.ts'

/** When the process is killed, in milliseconds after the lead was posted, and how long the provider takes to answer. */
const moments = [
  ...[0, 2, 5, 10, 15, 25, 40, 80, 200, 1050].map((killAfter) => ({ killAfter, hold: 0 })),
  ...[10, 20, 40, 70, 110, 160, 220, 290, 320, 1300].map((killAfter) => ({ killAfter, hold: 300 })),
]

const script = fileURLToPath(new URL('support/relay-process.ts', import.meta.url))
let root = ''
let folder = ''
let devtek: Awaited<ReturnType<typeof startDevtekServer>>
let running: ChildProcess | undefined

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-kill-'))
  folder = join(root, 'data')
  devtek = await startDevtekServer()
})
afterAll(async () => {
  await kill()
  await devtek.stop()
  await rm(root, { recursive: true, force: true })
})

it('loses no lead that it answered, whenever the process is killed', { timeout: 150_000 }, async () => {
  const report: object[] = []
  let relay = await start()
  for (const { killAfter, hold } of moments) {
    devtek.hold(hold)
    const lead = inventLead()
    const posted = post(relay, lead)
    await pause(killAfter)
    await kill()
    const answer = await posted
    const before = devtek.arrivals.get(lead.values.phone) ?? 0
    devtek.hold(0)

    relay = await start()
    const restarted = Date.now()
    // Without an answer the widget sends the same lead again.
    const taken = answer ?? (await post(relay, lead))
    expect([200, 202]).toContain(taken?.status)
    await expect
      .poll(() => ask(relay, lead), { timeout: 60_000, interval: 20 })
      .toEqual({ id: lead.id, outcome: 'accepted' })
    const seconds = (Date.now() - restarted) / 1000
    const arrivals = devtek.arrivals.get(lead.values.phone) ?? 0
    report.push({ killAfter, hold, answered: answer?.status ?? 'no', before, arrivals, seconds })

    // A second arrival only where the first had left and its answer was not stored.
    const mayRepeat = before > 0 && answer?.status !== 200
    expect(arrivals).toBeLessThanOrEqual(mayRepeat ? 2 : 1)
  }
  if (process.env['ANKETA_REPORT'] !== undefined)
    process.stdout.write(`${report.map((line) => JSON.stringify(line)).join('\n')}\n`)
})

it('can be started again when it was killed while it made its database', { timeout: 60_000 }, async () => {
  await kill()
  folder = join(root, 'fresh')
  const child = launch()
  await pause(1500)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const relay = await start()
  expect([200, 202]).toContain((await post(relay, inventLead()))?.status)
})

function launch(): ChildProcess {
  return spawn(process.execPath, [script, folder, devtek.url], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

/** Starts the relay; returns its address. */
async function start(): Promise<string> {
  running = launch()
  const [message] = await once(running, 'message')
  return `http://127.0.0.1:${parse(object({ port: number() }), message).port}`
}

async function kill(): Promise<void> {
  const child = running
  if (!child) return
  running = undefined
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

/** The answer, or nothing if the connection broke. */
async function post(
  relay: string,
  lead: InventedLead,
): Promise<{ status: number; body: unknown } | undefined> {
  try {
    const response = await fetch(`${relay}/forms/main/leads`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(lead),
    })
    return { status: response.status, body: await response.json() }
  } catch {
    return undefined
  }
}

async function ask(relay: string, { id, key }: InventedLead): Promise<unknown> {
  const response = await fetch(`${relay}/forms/main/leads/${id}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  return response.json()
}
