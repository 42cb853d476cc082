// What the benchmarks of pages share: a relay, and a server on loopback that compresses what it serves.
import { once } from 'node:events'
import { brotliCompressSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import type { FormDefinition } from '../../../src/form/definition.ts'
import { createRelay } from '../../../src/relay/create-relay.ts'
import type { Relay } from '../../../src/relay/relay-options.ts'

const url = 'http://127.0.0.1'

/** A token of relays that no other machine reaches. */
export const adminToken = 'admin-token-of-a-benchmark-0123456789'

/** A relay with one form, `main`, that sends nothing. */
export function createPageRelay(
  folder: string,
  definition: 'microloan' | Pick<FormDefinition, 'id' | 'steps'>,
) {
  return createRelay(
    {
      database: `pglite:${folder}/data`,
      publicUrl: url,
      adminToken: { env: 'ADMIN_TOKEN' },
      forms: {
        main: {
          definition,
          operator: { name: 'ООО Пример', address: 'Москва', withdrawalContact: 'dpo@example.ru' },
          policyUrl: `${url}/policy`,
          consents: [
            { id: 'processing', required: true, documentUrl: `${url}/consent`, version: '2026-09-01' },
          ],
          origins: [url],
          destinations: [{ provider: 'devtek', idWebmaster: 123, token: { env: 'DEVTEK_TOKEN' } }],
        },
      },
    },
    {
      env: { DEVTEK_TOKEN: 'token-of-a-benchmark-that-sends-nothing', ADMIN_TOKEN: adminToken },
      fetch: () => Promise.reject(new Error('nothing is sent')),
      widgetFile: new URL('../../../dist/anketa.js', import.meta.url),
    },
  )
}

/** Serves a text under a path, compressed by brotli. */
export function serveText(app: Hono, path: string, type: string, text: string): void {
  const body = Uint8Array.from(brotliCompressSync(text))
  app.get(path, (context) =>
    context.body(body, 200, { 'content-type': `${type}; charset=utf-8`, 'content-encoding': 'br' }),
  )
}

/** Serves an application, and the relay behind it, from one origin. */
export async function listen(app: Hono, relay: Relay) {
  app.all('*', (context) => relay.fetch(context.req.raw))
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : ''
  return {
    origin: `${url}:${port}`,
    async close(): Promise<void> {
      server.close()
      await relay.close()
    },
  }
}
