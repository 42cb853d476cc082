// How long 60 people wait for a lender that answers in 50 ms, at one relay and at two relays on one PostgreSQL: each relay
// is a process of its own. `npm run bench:relays` prints the medians.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { inventLead } from '../relay/support/invented.ts'
import { type RelayProcess, startRelayProcess } from '../support/kill/relay-processes.ts'
import { startPostgresServer } from '../support/postgres/server.ts'

const posts = 60
const rounds = 5
const answerWithinSeconds = 5

const lender = createServer((request, response) => {
  request.resume().on('end', () => {
    setTimeout(() => response.end(JSON.stringify({ outcome: 'accepted' })), 50)
  })
})
lender.listen(0, '127.0.0.1')
await once(lender, 'listening')
const { port } = Object(lender.address())
const server = await startPostgresServer({ durable: true })
const start = () =>
  startRelayProcess(server.url('postgres'), `http://127.0.0.1:${String(port)}`, { answerWithinSeconds })

const first = await start()
const atOne = await measure([first])
const second = await start()
const atTwo = await measure([first, second])
console.log(`one relay: median ${atOne.median} ms, ${atOne.accepted} of ${atOne.posts} got the answer itself`)
console.log(
  `two relays: median ${atTwo.median} ms, ${atTwo.accepted} of ${atTwo.posts} got the answer itself`,
)
console.log(`ratio: ${(atTwo.median / atOne.median).toFixed(2)}`)
await Promise.all([first.kill(), second.kill()])
await server.end()
lender.close()

/** Posts in rounds, all of a round at the same time, after one that warms up. */
async function measure(relays: readonly RelayProcess[]) {
  const times: number[] = []
  let accepted = 0
  for (let round = 0; round <= rounds; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: posts }, async (_, index) => {
        const started = performance.now()
        const url = relays[index % relays.length]?.url ?? ''
        const response = await fetch(`${url}/forms/main/leads`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(inventLead()),
        })
        const { outcome }: { readonly outcome: string } = await response.json()
        return { ms: performance.now() - started, outcome }
      }),
    )
    await pause(500)
    if (round === 0) continue
    times.push(...answers.map(({ ms }) => ms))
    accepted += answers.filter(({ outcome }) => outcome === 'accepted').length
  }
  const sorted = times.toSorted((one, other) => one - other)
  return { median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0), accepted, posts: times.length }
}
