// Measures what a lead costs the relay, on the embedded database (synced to disk) and on a PostgreSQL server (which syncs,
// too), beside a floor in the same run: one transaction with the same rows through the same driver. Prints each figure
// with its limit; exit code 1 if one is not kept.
//   npm run bench:relay -- [--engine pglite|postgres] [--leads N] [--memory N] [--stored-pglite N] [--stored-postgres N]
// Without sizes it takes a minute or two. The full form: --stored-postgres 50000 --stored-pglite 3000 --memory 10000.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate, setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createRelay } from '../../src/relay/create-relay.ts'
import type { Relay } from '../../src/relay/relay-options.ts'
import { toDatabaseConfig } from '../../src/relay/config/database-config.ts'
import { openDatabase } from '../../src/relay/database/open-database.ts'
import { countMessages } from '../relay/support/count-messages.ts'
import { adminToken, env, formEntry, inventLead, wideLimits } from '../relay/support/invented.ts'
import { startPostgresServer } from '../support/postgres/server.ts'
import { createFloor } from './relay/floor.ts'

const { values: options } = parseArgs({
  options: {
    engine: { type: 'string' },
    leads: { type: 'string', default: '500' },
    memory: { type: 'string', default: '1000' },
    'stored-pglite': { type: 'string', default: '1000' },
    'stored-postgres': { type: 'string', default: '3000' },
  },
})
const leads = Number(options.leads)
const engines = ['pglite', 'postgres'].filter((name) => (options.engine ?? name) === name)

/** Posts that wait for their answer at a time: more than a busy form has, fewer than the connections of a database. */
const concurrency = 20

const limits = {
  messages: 60,
  cpuMs: { pglite: 12, postgres: 4 },
  eventLoopMs: 100,
  ofFloor: 0.5,
  drained: 100,
}
/** Growth of the heap over the leads of the memory measurement, in megabytes. */
const maxHeapGrowth = 10

const messageCount = countMessages()
const root = await mkdtemp(join(tmpdir(), 'anketa-bench-'))
const lender = fork(fileURLToPath(new URL('relay/lender.ts', import.meta.url)))
const [{ url: lenderUrl }] = await once(lender, 'message')
let failures = 0

for (const engine of engines) {
  console.log(engine === 'pglite' ? 'Embedded database' : 'PostgreSQL')
  if (engine === 'pglite') await measure('pglite', `pglite:${join(root, 'data')}`)
  else {
    const server = await startPostgresServer({ durable: true })
    await measure('postgres', server.url('postgres'))
    await server.end()
  }
}
lender.disconnect()
await rm(root, { recursive: true, force: true })
process.exitCode = failures > 0 ? 1 : 0

async function measure(engine: 'pglite' | 'postgres', address: string): Promise<void> {
  const relay = await openRelay(address, 20)
  await repeat(100, () => post(relay, 200))
  await measureWholePath(relay, engine)
  await measureMemory(relay)
  await relay.close()

  lender.send(true)
  const silent = await openRelay(address, 0)
  const stored = Number(options[`stored-${engine}`])
  await measureStoring(
    silent,
    stored,
    engine,
    engine === 'pglite' ? `pglite:${join(root, 'floor')}` : address,
  )
  await measureDrain(silent, stored, engine)
  await silent.close()
}

/** Posts whose delivery is not waited for, and bare transactions in a database of the same kind. */
async function measureStoring(
  relay: Relay,
  stored: number,
  engine: 'pglite' | 'postgres',
  floorAddress: string,
): Promise<void> {
  // The embedded database belongs to one relay, so that the floor has another one. Its first start creates the tables.
  if (engine === 'pglite') await (await openRelay(floorAddress, 0)).close()
  const database = await openDatabase(toDatabaseConfig(floorAddress), { now: Date.now() })
  const storePlainly = await createFloor(database)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const rates: { readonly floor: number; readonly storing: number }[] = []
  const rounds = 10
  delay.enable()
  await repeat(500, () => storePlainly(inventLead()))
  await repeat(500, () => post(relay, 202))
  // Interleaved, so that other load on the machine affects both equally.
  for (let round = 0; round < rounds; round += 1) {
    // What the sender does is no part of either.
    const leads = Array.from({ length: Math.min(stored / rounds, 500) }, inventLead)
    const requests = await createPosts(stored / rounds)
    const floor = await ratePerSecond(leads.length, (index) => storePlainly(leads[index] ?? inventLead()))
    const storing = await ratePerSecond(requests.length, (index) =>
      send(relay, requests[index] ?? createPost(), 202),
    )
    rates.push({ floor, storing })
  }
  delay.disable()
  await database.query('drop schema floor cascade')
  await database.close()
  print('floor: bare transactions with the same rows', median(rates.map(({ floor }) => floor)), 'a second')
  print(`storing ${stored} leads`, median(rates.map(({ storing }) => storing)), 'a second')
  const ratio = median(rates.map(({ floor, storing }) => storing / floor))
  if (engine === 'postgres')
    check('  of the floor', ratio, 'x', ratio >= limits.ofFloor, `at least ${limits.ofFloor}`)
  else print('  of the floor', ratio, 'x')
  const p99 = delay.percentile(99) / 1e6
  check('  event loop, p99', p99, 'ms', p99 <= limits.eventLoopMs, `at most ${limits.eventLoopMs}`)
  print('  event loop, longest', delay.max / 1e6, 'ms')
}

/** Posts that are answered by the lender: what everything from the post to the recorded answer costs. */
async function measureWholePath(relay: Relay, engine: 'pglite' | 'postgres'): Promise<void> {
  const before = { messages: messageCount(), cpu: process.cpuUsage() }
  const rate = await ratePerSecond(leads, () => post(relay, 200))
  const cpu = process.cpuUsage(before.cpu)
  const messages = (messageCount() - before.messages) / leads
  const cpuMs = (cpu.user + cpu.system) / 1000 / leads
  const maxCpuMs = limits.cpuMs[engine]
  print(`${leads} leads with their answers, ${concurrency} at a time`, rate, 'a second')
  check(
    '  messages to the database',
    messages,
    'a lead',
    messages <= limits.messages,
    `at most ${limits.messages}`,
  )
  check('  CPU of the process', cpuMs, 'ms a lead', cpuMs <= maxCpuMs, `at most ${maxCpuMs}`)
}

async function measureMemory(relay: Relay): Promise<void> {
  const count = Number(options.memory)
  await repeat(count / 5, () => post(relay, 200))
  const before = heapMegabytes()
  await repeat(count, () => post(relay, 200))
  const growth = heapMegabytes() - before
  check(
    `heap after ${count} more leads`,
    growth,
    'MB more',
    growth <= maxHeapGrowth,
    `at most ${maxHeapGrowth}`,
  )
  print('  memory of the process', process.memoryUsage().rss / 2 ** 20, 'MB')
}

/** Lets the lender answer, and measures how fast what has been stored is delivered. */
async function measureDrain(relay: Relay, stored: number, engine: string): Promise<void> {
  lender.send(false)
  // The first calls may have given up: their retries come later.
  const before = await waiting(relay)
  const goal = Math.max(before - Math.min(stored - 100, 1000), 8)
  const started = performance.now()
  let left = before
  while (left > goal) {
    await pause(200)
    left = await waiting(relay)
  }
  const rate = (before - left) / ((performance.now() - started) / 1000)
  if (engine === 'postgres')
    check('backlog delivered', rate, 'a second', rate >= limits.drained, `at least ${limits.drained}`)
  else print('backlog delivered', rate, 'a second')
}

async function openRelay(database: string, answerWithinSeconds: number): Promise<Relay> {
  const entry = formEntry()
  const destinations = entry.destinations.map((destination) => ({ ...destination, baseUrl: lenderUrl }))
  return createRelay(
    {
      database,
      adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
      limits: wideLimits,
      forms: { main: { ...entry, answerWithinSeconds, destinations } },
    },
    { env: { ...env, ANKETA_ADMIN_TOKEN: adminToken }, fetch },
  )
}

async function post(relay: Relay, expected: number): Promise<void> {
  await send(relay, createPost(), expected)
}

async function send(relay: Relay, request: Request, expected: number): Promise<void> {
  const { status } = await relay.fetch(request)
  if (status !== expected) throw new Error(`A post was answered ${status}`)
}

/** Creates posts a few at a time, because the event loop is being measured. */
async function createPosts(count: number): Promise<readonly Request[]> {
  const requests: Request[] = []
  while (requests.length < count) {
    requests.push(createPost())
    if (requests.length % 20 === 0) await setImmediate()
  }
  return requests
}

function createPost(): Request {
  return new Request('https://relay.example.ru/forms/main/leads', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(inventLead()),
  })
}

async function waiting(relay: Relay): Promise<number> {
  const response = await relay.fetch(
    new Request('https://relay.example.ru/healthz', { headers: { authorization: `Bearer ${adminToken}` } }),
  )
  const { queue } = await response.json()
  return Number(queue.waiting)
}

async function repeat(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1
      await work(next - 1)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}

async function ratePerSecond(count: number, work: (index: number) => Promise<void>): Promise<number> {
  const started = performance.now()
  await repeat(count, work)
  return count / ((performance.now() - started) / 1000)
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

function heapMegabytes(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 2 ** 20
}

function print(name: string, value: number, unit: string, verdict = ''): void {
  console.log(
    `  ${name.padEnd(50)} ${value.toFixed(value < 100 ? 2 : 0).padStart(8)} ${unit.padEnd(10)} ${verdict}`,
  )
}

function check(name: string, value: number, unit: string, passed: boolean, limit: string): void {
  if (!passed) failures += 1
  print(name, value, unit, `${passed ? 'pass' : 'FAIL'} (${limit})`)
}
