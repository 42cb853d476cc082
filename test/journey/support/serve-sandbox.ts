import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { SandboxEnv } from '../../../demo/sandbox/core/create-sandbox.ts'

/** Serves a sandbox on a port of its own, with CORS for pages of any origin. */
export async function serveSandbox(app: Hono<SandboxEnv>): Promise<{ readonly url: string; close(): void }> {
  const appWithCors = new Hono<SandboxEnv>()
  appWithCors.use('*', cors())
  appWithCors.route('/', app)
  const server = createAdaptorServer({ fetch: appWithCors.fetch, hostname: '127.0.0.1' })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}
