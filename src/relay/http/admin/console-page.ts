import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { isUuid } from '../../../lead/lead-identity.ts'
import { errorResponse } from '../responses.ts'

/** The built console: its files by their names. */
export type ConsoleFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Nothing inline, nothing from elsewhere, and no other page around it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "frame-ancestors 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

/** Reads the built console; no files if it was not built. */
export async function readConsoleFiles(folder: string | URL | undefined): Promise<ConsoleFiles> {
  if (folder === undefined) return new Map()
  const path = folder instanceof URL ? fileURLToPath(folder) : folder
  const names = await readdir(path).catch((): string[] => [])
  const served = names.filter((name) => /^[\w-][\w.-]*$/.test(name) && contentTypes[extname(name)])
  return new Map(
    await Promise.all(
      served.map(async (name) => [name, Uint8Array.from(await readFile(join(path, name)))] as const),
    ),
  )
}

/** The page of the console and its files. They exist only with an admin token. */
export function consolePageRoutes(files: ConsoleFiles, isOn: boolean): Hono {
  const routes = new Hono()
  if (!isOn) return routes

  routes.get('/console', () => {
    const page = files.get('index.html')
    return page
      ? new Response(page, { headers: { ...pageHeaders, 'content-type': contentTypes['.html'] ?? '' } })
      : errorResponse('not-found', 'The console was not built: its files are missing in this installation.')
  })

  // The addresses in notifications. The view is behind a "#", and the page is the same; relative, for proxies with a path.
  routes.get('/console/', () => redirectTo('../console'))
  routes.get('/console/leads', () => redirectTo('../console#/leads'))
  routes.get('/console/leads/:id', ({ req }) => {
    const id = req.param('id').toLowerCase()
    return redirectTo(isUuid(id) ? `../../console#/leads/${id}` : '../../console#/leads')
  })

  routes.get('/console/forms', () => redirectTo('../console#/forms'))
  routes.get('/console/forms/:form', ({ req }) =>
    redirectTo(`../../console#/forms/${encodeURIComponent(req.param('form'))}`),
  )

  routes.get('/console/:file', (context) => {
    const name = context.req.param('file')
    const content = name.endsWith('.html') ? undefined : files.get(name)
    if (!content) return context.notFound()
    // Their names change with their content.
    return new Response(content, {
      headers: {
        ...pageHeaders,
        'content-type': contentTypes[extname(name)] ?? '',
        'cache-control': 'private, max-age=31536000, immutable',
      },
    })
  })

  return routes
}

function redirectTo(location: string): Response {
  return new Response(null, { status: 302, headers: { ...pageHeaders, location } })
}
