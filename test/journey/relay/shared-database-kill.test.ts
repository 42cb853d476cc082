import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { adminToken, type InventedLead, inventLead } from '../../relay/support/invented.ts'
import { copyDatabaseTemplate } from '../../support/database-template.ts'

/**
 * When the relay is killed, in milliseconds after the lead was posted, and how long each lender delays its response.
 */
const killMoments = [
  ...[0, 3, 8, 15, 25, 40, 70, 120, 250].map((killAfter) => ({ killAfter, holdMs: 0 })),
  ...[15, 40, 90, 150, 210, 260, 330, 400, 480, 900].map((killAfter) => ({ killAfter, holdMs: 150 })),
]

const script = fileURLToPath(new URL('../../support/kill/relay-process.ts', import.meta.url))
const arrivals: { readonly lender: string; readonly phone: string }[] = []
let holdMs = 0
let root = ''
let lenders: Server
let running: ChildProcess | undefined

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-kill-two-'))
  await copyDatabaseTemplate(join(root, 'data'))
  // The first lender declines, so that the second is called. Neither may be called twice for a lead.
  lenders = createServer((request, response) => {
    void (async () => {
      const { phone }: { phone: string } = JSON.parse(await text(request))
      const lender = (request.url ?? '').split('/')[1] ?? ''
      arrivals.push({ lender, phone })
      await pause(holdMs)
      response.end(JSON.stringify(lender === 'first' ? { outcome: 'declined' } : { outcome: 'accepted' }))
    })()
  })
  lenders.listen(0, '127.0.0.1')
  await once(lenders, 'listening')
})
afterAll(async () => {
  await kill()
  lenders.close()
  await rm(root, { recursive: true, force: true })
})

it(
  'calls each of two lenders at most once and loses no lead when it is killed at any of 19 moments',
  { timeout: 300_000 },
  async () => {
    const report: object[] = []
    let uncertain = 0
    let relay = await start()
    for (const { killAfter, holdMs: delayMs } of killMoments) {
      holdMs = delayMs
      const lead = createLeadFor(report.length)
      const posted = post(relay, lead)
      await pause(killAfter)
      await kill()
      const status = await posted
      const before = arrivalsOf(lead)
      holdMs = 0
      relay = await start()
      // Without a response the widget sends the same lead again.
      expect([200, 202]).toContain(status ?? (await post(relay, lead)))
      await expect.poll(async () => (await health(relay)).waiting, { timeout: 60_000, interval: 20 }).toBe(0)
      const { outcome } = await fetchStatus(relay, lead)
      const all = arrivalsOf(lead)
      report.push({
        killAfter,
        delayMs,
        status: status ?? 'no',
        before: before.join(),
        all: all.join(),
        outcome,
      })

      // A lead that may have arrived is neither sent again nor passed on: the operator resolves it.
      expect(['accepted', 'queued']).toContain(outcome)
      expect(all).toEqual(outcome === 'accepted' ? ['first', 'second'] : before)
      uncertain += outcome === 'queued' ? 1 : 0
      expect((await health(relay)).uncertain).toBe(uncertain)
    }
    console.log(report.map((line) => JSON.stringify(line)).join('\n'))
  },
)

function createLeadFor(count: number): InventedLead {
  const lead = inventLead()
  return { ...lead, values: { ...lead.values, phone: `+790000000${String(count + 10)}` } }
}

function arrivalsOf({ values }: InventedLead): readonly string[] {
  return arrivals.filter(({ phone }) => phone === values.phone).map(({ lender }) => lender)
}

async function start(): Promise<string> {
  const { port } = Object(lenders.address())
  running = spawn(process.execPath, [script, join(root, 'data'), `http://127.0.0.1:${port}`], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const child = running
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

/** The status of the response; `undefined` if the connection broke. */
async function post(relay: string, lead: InventedLead): Promise<number | undefined> {
  try {
    const response = await fetch(`${relay}/forms/main/leads`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(lead),
    })
    await response.text()
    return response.status
  } catch {
    return undefined
  }
}

async function fetchStatus(relay: string, { id, key }: InventedLead): Promise<{ readonly outcome: string }> {
  const response = await fetch(`${relay}/forms/main/leads/${id}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  return response.json()
}

async function health(relay: string): Promise<{ readonly waiting: number; readonly uncertain: number }> {
  const { queue }: { queue: { waiting: number; uncertain: number } } = await (
    await fetch(`${relay}/healthz`, { headers: { authorization: `Bearer ${adminToken}` } })
  ).json()
  return queue
}
