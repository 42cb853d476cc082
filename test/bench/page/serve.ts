// What the benchmarks of pages share: a relay, and a server on loopback that compresses what it serves.
import { once } from 'node:events'
import { brotliCompressSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { createRelay } from '../../../src/relay/create-relay.ts'

/** A token of relays that no other machine reaches. */
export const adminToken = 'admin-token-of-a-benchmark-0123456789'

/** A form of the relay. */
interface PageForm {
  readonly definition: unknown
  readonly destinations: readonly unknown[]
}

/**
 * Serves an application, and behind it a relay with one form, `main`, from one origin. Nothing that the relay is given
 * leaves the machine.
 */
export async function servePage(app: Hono, folder: string, form: PageForm) {
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const relay = await createPageRelay(origin, folder, form)
  app.all('*', (context) => relay.fetch(context.req.raw))
  return {
    origin,
    async close(): Promise<void> {
      server.close()
      await relay.close()
    },
  }
}

function createPageRelay(origin: string, folder: string, form: PageForm) {
  return createRelay(
    {
      database: `pglite:${folder}/data`,
      publicUrl: origin,
      adminToken: { env: 'ADMIN_TOKEN' },
      forms: {
        main: {
          ...form,
          operator: { name: 'ООО Пример', address: 'Москва', withdrawalContact: 'dpo@example.ru' },
          policyUrl: `${origin}/policy`,
          consents: [
            { id: 'processing', required: true, documentUrl: `${origin}/consent`, version: '2026-09-01' },
          ],
          origins: [origin],
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
