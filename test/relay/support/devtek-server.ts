import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { number, object, parse, string } from 'valibot'

const request = object({ data: object({ main: object({ phone: string() }) }) })
const bound = object({ port: number() })

/** Devtek's new-lead on a port of this machine: takes a phone once, and then calls it a duplicate. */
export async function startDevtekServer() {
  /** Requests received in full, by phone. */
  const arrivals = new Map<string, number>()
  let holdMs = 0
  const server = createServer((incoming, response) => void answer(incoming, response))
  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
    const { phone } = parse(request, JSON.parse(Buffer.concat(chunks).toString())).data.main
    const count = (arrivals.get(phone) ?? 0) + 1
    arrivals.set(phone, count)
    await pause(holdMs)
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify(
        count === 1
          ? { result: 'ok', data: { id_lead: arrivals.size }, errors: [] }
          : { result: 'bad', data: [], errors: ['Lead duplicate'] },
      ),
    )
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = parse(bound, server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    /** From now on an answer takes this long. */
    hold(ms: number) {
      holdMs = ms
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
