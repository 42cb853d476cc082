import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { recordOwnerAddress } from './database/directory-lock.ts'
import type { Relay } from './create-relay.ts'

/** A relay that listens. */
export interface RelayServer {
  /** The port that was bound; interesting where port 0 was asked for. */
  readonly port: number
  /** Takes no more requests, answers those that are there, then closes the relay. */
  close(): Promise<void>
}

/** Serves a relay on Node's HTTP server. Rejects if the port is taken. */
export async function serveRelay(relay: Relay): Promise<RelayServer> {
  const { port, host } = relay.config
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => relay.fetch(request, { address: incoming.socket.remoteAddress }),
  })
  server.listen({ port, ...(host === undefined ? {} : { host }) })
  await once(server, 'listening')
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  recordOwnerAddress(relay.config.folder, host, bound)
  return {
    port: bound,
    async close() {
      const closed = once(server, 'close')
      server.close()
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      // Requests that wait for an outcome are let go with what is known: their leads are stored.
      const closing = relay.close()
      const late = new Promise((resolve) => setTimeout(resolve, 5000).unref())
      await Promise.race([closed, late])
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closing
    },
  }
}
