// How long people wait for their answer while one address posts 1,000 leads a minute, beside a quiet time before it. The
// relay is a process of its own with the embedded database, synced to disk, and the usual limits. `npm run bench:flood`
// prints the figures; exit code 1 if the address is not limited, if another person is refused, or if their 95th percentile
// is not below twice the quiet one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { formEntry, inventLead } from '../relay/support/invented.ts'

const quietSeconds = 30
const floodSeconds = 60
const floodPosts = 1000
const floodAddress = '198.51.100.66'

/** Posts of other people: each has an address and a phone of its own. */
const othersPerSecond = 4
const maxRatio = 2
const maxTaken = 300

const root = await mkdtemp(join(tmpdir(), 'anketa-flood-'))
const config = join(root, 'anketa.relay.json')
const port = 20_000 + (process.pid % 20_000)
const form = { ...formEntry(), destinations: [] }
await writeFile(
  config,
  JSON.stringify({
    port,
    host: '127.0.0.1',
    database: 'pglite:./data',
    trustProxy: 1,
    forms: { main: form },
  }),
)
const command = fileURLToPath(new URL('../../src/relay/cli/bin.ts', import.meta.url))
const relay = spawn(process.execPath, [command, '--config', config], { stdio: 'ignore' })
const url = `http://127.0.0.1:${port}`
const isReady = () =>
  fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )
while (relay.exitCode === null && !(await isReady())) await pause(200)

interface Answers {
  readonly ms: number[]
  readonly statuses: number[]
}

let people = 0

/** An address of its own for each person (RFC 2544). */
function nextAddress(): string {
  people += 1
  return `198.18.${Math.floor(people / 250)}.${(people % 250) + 1}`
}

let phones = 1000

/** A lead with a phone of its own: the limit of phones is another one. */
function inventOwnLead() {
  phones += 1
  const lead = inventLead()
  return { ...lead, values: { ...lead.values, phone: `+7900000${phones}` } }
}

async function post(address: string, { ms, statuses }: Answers): Promise<void> {
  const started = performance.now()
  const response = await fetch(`${url}/forms/main/leads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify(inventOwnLead()),
  })
  await response.arrayBuffer()
  ms.push(performance.now() - started)
  statuses.push(response.status)
}

/** Posts evenly, whether the posts before have been answered or not. */
async function postEvenly(count: number, seconds: number, from: () => string): Promise<Answers> {
  const answers: Answers = { ms: [], statuses: [] }
  const posts: Promise<void>[] = []
  const started = performance.now()
  for (let index = 0; index < count; index += 1) {
    await pause(Math.max(0, started + (index * seconds * 1000) / count - performance.now()))
    posts.push(post(from(), answers))
  }
  await Promise.all(posts)
  return answers
}

function percentile({ ms }: Answers, share: number): number {
  return ms.toSorted((one, other) => one - other)[Math.ceil(ms.length * share) - 1] ?? Number.NaN
}

const describe = (answers: Answers) =>
  `p50 ${percentile(answers, 0.5).toFixed(1)} ms, p95 ${percentile(answers, 0.95).toFixed(1)} ms, ${answers.ms.length} posts`
const count = ({ statuses }: Answers, status: number) => statuses.filter((each) => each === status).length

await postEvenly(20, 5, nextAddress)
const quiet = await postEvenly(quietSeconds * othersPerSecond, quietSeconds, nextAddress)
const [flood, others] = await Promise.all([
  postEvenly(floodPosts, floodSeconds, () => floodAddress),
  postEvenly(floodSeconds * othersPerSecond, floodSeconds, nextAddress),
])
relay.kill('SIGTERM')
await once(relay, 'exit')
await rm(root, { recursive: true, force: true })

const ratio = percentile(others, 0.95) / percentile(quiet, 0.95)
const refused = [...quiet.statuses, ...others.statuses].filter((status) => status !== 202).length
const taken = count(flood, 202)
console.log(`Other people, quiet:            ${describe(quiet)}`)
console.log(`Other people, during the flood: ${describe(others)}`)
console.log(`  ratio of p95: ${ratio.toFixed(2)} (aim: below ${maxRatio})`)
console.log(`  refused: ${refused} (aim: 0)`)
console.log(
  `One address, ${floodPosts} leads in ${floodSeconds} s: ${taken} taken (aim: at most ${maxTaken} a minute), ${count(flood, 429)} limited`,
)
process.exitCode = ratio < maxRatio && refused === 0 && taken > 0 && taken <= maxTaken ? 0 : 1
