import { glob, readFile } from 'node:fs/promises'
import { brotliCompressSync, constants } from 'node:zlib'
import { Hono } from 'hono'
import { writePlacesNdjson } from '../../../src/relay/places/import/ndjson.ts'
import { adminToken, servePage, serveText } from '../page/serve.ts'
import { renderPage } from './build.ts'
import { cities, regions } from './places.ts'

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
}

/** The form of the comparison. */
const definition = {
  id: 'comparison',
  steps: [
    {
      id: 'loan',
      title: 'Сумма и срок',
      fields: [
        { name: 'amount', minimum: 1000, maximum: 100_000 },
        { name: 'termDays', minimum: 1, maximum: 365 },
      ],
    },
    {
      id: 'person',
      title: 'О вас',
      fields: [
        { name: 'lastName' },
        { name: 'firstName' },
        { name: 'phone' },
        { name: 'email', required: false },
      ],
    },
    {
      id: 'passport',
      title: 'Паспорт',
      fields: [{ name: 'passport' }, { name: 'passportIssuedDate' }, { name: 'issuePlace' }],
    },
    { id: 'consents', title: 'Согласия', fields: [] },
  ],
} as const

/** Serves all pages of the comparison, and the places, from one origin on loopback. */
export async function servePages(folder: string, built: URL) {
  const app = new Hono()
  for await (const file of glob('**/*.*', { cwd: built })) {
    const path = `/${file.replaceAll('\\', '/')}`
    const type = types[path.split('.').at(-1) ?? '']
    if (type)
      serveText(
        app,
        path.replace(/index\.html$/, ''),
        type,
        await readFile(new URL(path.slice(1), built), 'utf8'),
      )
  }
  const script = '<script type="module" async src="/forms/main/form.js"></script>'
  serveText(app, '/anketa/', 'text/html', renderPage(script, '<div data-anketa></div>'))

  // As a proxy in front of a relay does, and as fast.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  app.use('*', async (context, next) => {
    await next()
    const type = context.res.headers.get('content-type') ?? ''
    if (!type.startsWith('application/json') || context.res.headers.has('content-encoding')) return
    const body = Uint8Array.from(brotliCompressSync(await context.res.arrayBuffer(), { params }))
    const headers = new Headers(context.res.headers)
    headers.set('content-encoding', 'br')
    headers.delete('content-length')
    context.res = new Response(body, { status: context.res.status, headers })
  })
  app.get('/places/regions', (context) => context.json(regions))
  app.get('/places/cities', (context) => context.json(cities.get(context.req.query('region') ?? '') ?? []))

  const served = await servePage(app, folder, { definition, destinations: [] })
  const imported = await fetch(`${served.origin}/admin/places`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${adminToken}` },
    body: [
      ...writePlacesNdjson({
        regions: new Map(regions.map(({ id, name }) => [id, name])),
        cities: [...cities.values()].flat().map(({ id, name }) => ({ kladr: id, name, type: 'г' })),
      }),
    ].join(''),
  })
  if (!imported.ok) throw new Error(`The places were not imported: ${await imported.text()}`)
  return served
}
