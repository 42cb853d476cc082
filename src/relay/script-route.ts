import { Hono } from 'hono'
import { errorReply } from './reply.ts'
import { version } from './version.ts'
import type { Encoding, WidgetScript } from './widget-script.ts'

/** Addresses of the widget: one that always has the newest, and one that never changes. */
export const scriptPaths: readonly string[] = ['/anketa.js', `/anketa-${version}.js`]

/** Serves the widget to any page. */
export function scriptRoute(script: WidgetScript | undefined): Hono {
  const route = new Hono()
  for (const path of scriptPaths) {
    const caching = path === '/anketa.js' ? 'public, max-age=300' : 'public, max-age=31536000, immutable'
    route.get(path, ({ req }) => {
      if (!script)
        return errorReply('not-found', 'This relay was started without the widget: it was not built.')
      const encoding = bestEncoding(req.header('accept-encoding') ?? '')
      const etag = `"${script.fingerprint}-${encoding}"`
      const headers = {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': caching,
        vary: 'Accept-Encoding',
        etag,
        // A script with an integrity attribute is fetched with CORS.
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      }
      if (hasTag(req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers })
      return new Response(script.encodings[encoding], { headers })
    })
  }
  return route
}

/** Whether an `If-None-Match` header names the tag. A proxy that recompresses makes a tag weak. */
export function hasTag(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag) ?? false
}

function bestEncoding(accepted: string): Encoding {
  const names = accepted
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.replace(/;.*$/, '').trim())
  if (names.includes('br')) return 'br'
  return names.includes('gzip') ? 'gzip' : 'identity'
}
