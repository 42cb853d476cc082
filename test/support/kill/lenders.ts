import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Starts two lenders that count what arrives. The first declines every second lead, so that the second is asked. A lead is
 * known by its amount.
 */
export async function startCountingLenders() {
  const arrivals = new Map<string, number>()
  const server = createServer((request, response) => {
    void (async () => {
      const { amount }: { readonly amount: number } = JSON.parse(await text(request))
      const lender = (request.url ?? '').split('/')[1] ?? ''
      const key = `${lender} ${amount}`
      arrivals.set(key, (arrivals.get(key) ?? 0) + 1)
      await pause(20 + (amount % 7) * 10)
      const declines = lender === 'first' && amount % 2 === 0
      response.end(JSON.stringify({ outcome: declines ? 'declined' : 'accepted' }))
    })().catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = Object(server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    /** How often a lead arrived at a lender. */
    arrivalsOf: (lender: 'first' | 'second', amount: number) => arrivals.get(`${lender} ${amount}`) ?? 0,
    /** What arrived more than once, by lender and amount. */
    repeated: () => [...arrivals].filter(([, count]) => count > 1).map(([key]) => key),
    total: () => [...arrivals.values()].reduce((sum, count) => sum + count, 0),
    async end() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
