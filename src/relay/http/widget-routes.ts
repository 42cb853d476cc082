import { Hono } from 'hono'
import { errorResponse, matchesEtag } from './responses.ts'
import type { ContentEncoding, WidgetAssets } from './widget-assets.ts'
/** Where the widget and its parts are, in any version. */
export const widgetPath: RegExp = /^\/anketa(-[\w.+-]+)?\.js$/

/** Serves the widget and its parts to any page. */
export function widgetRoutes(files: WidgetAssets): Hono {
  const route = new Hono()
  route.get('/:file{anketa.*\\.js}', ({ req }) => {
    const script = files.get(req.path)
    if (!script) {
      return errorResponse(
        'not-found',
        files.size === 0
          ? 'This relay was started without the widget: it was not built.'
          : 'This relay has another version of the widget, or the name is wrong: /anketa.js has the newest.',
      )
    }
    const encoding = negotiateEncoding(req.header('accept-encoding') ?? '')
    const etag = `"${script.fingerprint}-${encoding}"`
    const headers = {
      'content-type': 'text/javascript; charset=utf-8',
      // What has a version in its name never changes.
      'cache-control': /^\/anketa-\d/.test(req.path)
        ? 'public, max-age=31536000, immutable'
        : 'public, max-age=300',
      vary: 'Accept-Encoding',
      etag,
      // A script with an integrity attribute is fetched with CORS, and so is a part.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    }
    if (matchesEtag(req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers })
    return new Response(script.encodings[encoding], { headers })
  })
  return route
}

function negotiateEncoding(accepted: string): ContentEncoding {
  const names = accepted
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.replace(/;.*$/, '').trim())
  if (names.includes('br')) return 'br'
  return names.includes('gzip') ? 'gzip' : 'identity'
}
