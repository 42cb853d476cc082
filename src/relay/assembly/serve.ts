import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { recordOwnerAddress } from '../database/directory-lock.ts'
import type { Relay } from '../relay-options.ts'

/** A relay that listens on a port. */
export interface RelayServer {
  /** The bound port: with port 0 in the configuration, the system chooses it. */
  readonly port: number
  /** Accepts no more requests, answers the open ones, then closes the relay. */
  close(): Promise<void>
}

/** Serves a relay on Node's HTTP server. Rejects if the port is taken. */
export async function serveRelay(relay: Relay): Promise<RelayServer> {
  const { port, host, database } = relay.config
  const server = createAdaptorServer({
    // Load balancers check the health by HTTP/1.0, without a Host.
    hostname: 'localhost',
    fetch: (request, { incoming }) => relay.fetch(request, { address: incoming.socket.remoteAddress }),
  })
  server.listen({ port, ...(host === undefined ? {} : { host }) })
  await once(server, 'listening').catch((error: unknown) => {
    throw toListenError(error)
  })
  const address = server.address()
  const boundPort = typeof address === 'object' && address !== null ? address.port : port
  if (database.engine === 'pglite') recordOwnerAddress(database.folder, host, boundPort)
  return {
    port: boundPort,
    async close() {
      const closed = once(server, 'close')
      server.close()
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      // Requests that wait for an outcome are answered with what is known: their leads are stored.
      const closing = relay.close()
      const timeout = new Promise((resolve) => setTimeout(resolve, 5000).unref())
      await Promise.race([closed, timeout])
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closing
    },
  }
}

/** A server cannot listen where the configuration says. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

const listenProblems: Readonly<Record<string, string>> = {
  ENOTFOUND: 'host: expected an address of this machine, and nobody knows this name',
  EAI_AGAIN: 'host: expected an address of this machine, and the name cannot be looked up now',
  EADDRNOTAVAIL: 'host: expected an address of this machine, and it does not have this one',
  EACCES: 'port: expected one that this user may listen on; those below 1024 are for administrators',
}

function toListenError(cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const problem = listenProblems[code]
  return problem === undefined ? cause : new ListenError(problem, { cause })
}
