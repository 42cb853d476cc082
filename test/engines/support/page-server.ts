import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'

/** A page with a form. */
export interface TestPage {
  readonly body: string
  /** The content security policy. */
  readonly policy?: string
  /** A script that runs before all others. */
  readonly firstScript?: string
}

/** A server of pages, with the widget's files beside them. */
export interface PageServer {
  readonly url: string
  /** Serves a page, and returns its address. */
  add(page: TestPage): string
  close(): void
}

/** Starts a server of pages. `relay` is the address of a relay that stands behind it, as behind a proxy. */
export async function startPageServer(relay?: string): Promise<PageServer> {
  const app = new Hono()
  const pages: TestPage[] = []
  app.get('/page/:index', (context) => {
    const index = context.req.param('index')
    const { body, policy } = pages[Number(index)] ?? { body: '' }
    if (policy !== undefined) context.header('content-security-policy', policy)
    return context.html(`<!doctype html>
<html lang="ru">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Заявка</title>
<script src="/page/${index}/first.js"></script>
<main><h1>Заявка</h1>${body}</main>
<script async src="/anketa.js"></script>
</html>`)
  })
  app.get('/page/:index/first.js', (context) =>
    context.body(pages[Number(context.req.param('index'))]?.firstScript ?? '', 200, {
      'content-type': 'text/javascript; charset=utf-8',
    }),
  )
  app.get('/:file{[\\w.-]+\\.(?:js|css)}', async (context) => {
    const file = context.req.param('file')
    return context.body(await readFile(`dist/${file}`, 'utf8'), 200, {
      'content-type': `text/${file.endsWith('.js') ? 'javascript' : 'css'}; charset=utf-8`,
    })
  })
  if (relay !== undefined) {
    app.all('/forms/*', async ({ req }) => {
      const { pathname, search } = new URL(req.url)
      const headers = { 'content-type': req.header('content-type') ?? '', origin: relay }
      const body = req.method === 'GET' ? {} : { body: await req.text() }
      return fetch(relay + pathname + search, { method: req.method, headers, ...body })
    })
  }

  const server = createAdaptorServer({ fetch: app.fetch, hostname: '127.0.0.1' })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return {
    url,
    add: (page) => `${url}/page/${pages.push(page) - 1}`,
    close() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}
