import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import type { EvidenceLog } from './evidence.ts'

/** A server on a port of its own. */
export interface RecordedServer {
  readonly url: string
  close(): void
}

/** Serves requests at a loopback name, and records all of them with their responses. */
export async function serveRecorded(
  name: string,
  host: '127.0.0.1' | 'localhost',
  { record }: EvidenceLog,
  handle: (request: Request) => Response | Promise<Response>,
): Promise<RecordedServer> {
  const server = createAdaptorServer({
    async fetch(request) {
      const { pathname, search } = new URL(request.url)
      const where = `${request.method} ${name}${pathname}`
      record('request address', name, pathname + search)
      record('request headers', where, JSON.stringify([...request.headers]))
      record('request body', where, await request.clone().text())
      const response = await handle(request)
      record('response', where, JSON.stringify([...response.headers]))
      // Scripts are the same for everybody.
      if (!/javascript|css|gzip/.test(response.headers.get('content-type') ?? ''))
        record('response', where, await response.clone().text())
      return response
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://${host}:${typeof address === 'object' && address ? address.port : 0}`,
    close() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}
