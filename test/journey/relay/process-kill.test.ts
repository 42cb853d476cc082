import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPostedLead, type PostedLead } from '../support/posted-lead.ts'
import { type SandboxProcess, startSandbox } from '../support/sandbox-process.ts'

/**
 * When the relay is killed, in milliseconds after the lead was posted, and how long the sandbox delays its response.
 */
const killMoments = [
  ...[0, 2, 5, 10, 15, 25, 40, 80, 200, 1050].map((killAfter) => ({ killAfter, holdMs: 0 })),
  ...[10, 20, 40, 70, 110, 160, 220, 290, 320, 1300].map((killAfter) => ({ killAfter, holdMs: 300 })),
]

const script = fileURLToPath(new URL('../support/demo-process.ts', import.meta.url))
let root = ''
let folder = ''
let sandbox: SandboxProcess
let running: ChildProcess | undefined

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-kill-'))
  folder = join(root, 'data')
  sandbox = await startSandbox()
})
afterAll(async () => {
  await kill()
  sandbox.stop()
  await rm(root, { recursive: true, force: true })
})

it('loses no answered lead when it is killed at any of 20 moments', { timeout: 300_000 }, async () => {
  const report: object[] = []
  // The first round also creates the database.
  let relay = await start()
  for (const { killAfter, holdMs } of killMoments) {
    await sandbox.switch(holdMs === 0 ? { mode: 'strict' } : { mode: 'slow', slowMs: holdMs })
    const lead = createPostedLead(relay)
    const posted = post(relay, lead)
    await pause(killAfter)
    await kill()
    const response = await posted
    const arrivalsBefore = await countArrivals(lead)
    await sandbox.switch({ mode: 'strict' })

    relay = await start()
    const restarted = Date.now()
    // Without a response the widget sends the same lead again, from a page of the same form.
    const accepted = response ?? (await post(relay, createPostedLead(relay, lead)))
    expect([200, 202]).toContain(accepted?.status)
    await expect
      .poll(() => fetchStatus(relay, lead), { timeout: 60_000, interval: 20 })
      .toEqual({ id: lead.id, outcome: 'accepted' })
    const seconds = (Date.now() - restarted) / 1000
    const arrivals = await countArrivals(lead)
    report.push({ killAfter, holdMs, answered: response?.status ?? 'no', arrivalsBefore, arrivals, seconds })

    // The lead arrives twice only if it was sent before the kill and its response was not stored.
    expect(arrivals).toBeGreaterThanOrEqual(1)
    expect(arrivals).toBeLessThanOrEqual(arrivalsBefore > 0 && response?.status !== 200 ? 2 : 1)
  }
  console.log(report.map((line) => JSON.stringify(line)).join('\n'))
})

it('starts again after it was killed while it created its database', async () => {
  await kill()
  folder = join(root, 'fresh')
  const child = spawnDemo()
  await pause(1500)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const relay = await start()
  expect([200, 202]).toContain((await post(relay, createPostedLead(relay)))?.status)
})

it('refuses a second relay on the same folder and names the process that holds it', async () => {
  await kill()
  await start()
  const second = spawn(process.execPath, [script, folder, sandbox.url], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  second.stderr.on('data', (chunk) => {
    output += String(chunk)
  })
  const [code] = await once(second, 'exit')
  expect(code).not.toBe(0)
  expect(output).toContain(`process id ${running?.pid}`)
  expect(output).toContain(folder)
})

function spawnDemo(): ChildProcess {
  return spawn(process.execPath, [script, folder, sandbox.url], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

/** Starts the relay; returns its address. */
async function start(): Promise<string> {
  running = spawnDemo()
  return waitForAddress(running)
}

function waitForAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', ({ url }: { url: string }) => resolve(url))
    child.once('exit', (code) => reject(new Error(`the relay ended with code ${code}`)))
  })
}

async function kill(): Promise<void> {
  const child = running
  if (!child) return
  running = undefined
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

async function countArrivals({ values }: PostedLead): Promise<number> {
  return (await sandbox.received()).filter(({ rawBody }) => rawBody.includes(values.phone)).length
}

/** The status of the response; `undefined` if the connection broke. */
async function post(relay: string, lead: PostedLead): Promise<{ status: number } | undefined> {
  try {
    const response = await fetch(`${relay}/forms/main/leads`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(lead),
    })
    await response.text()
    return { status: response.status }
  } catch {
    return undefined
  }
}

async function fetchStatus(relay: string, { id, key }: PostedLead): Promise<unknown> {
  const response = await fetch(`${relay}/forms/main/leads/${id}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  return response.json()
}
