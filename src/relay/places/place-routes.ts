import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { errorReply } from '../reply.ts'
import { hasTag } from '../script-route.ts'
import { version } from '../version.ts'
import type { PlaceDesk } from './place-desk.ts'

/** A name that is longer is nobody's; the rest of it is not looked at. */
const longestQuery = 100

/** The routes of a form's places, below `/forms/:form`, where the form is known to exist. */
export function placeRoutes(desk: PlaceDesk): Hono {
  const routes = new Hono()
  routes.use(compress())

  function served(tag: string, form: string, ifNoneMatch: string | undefined): Served {
    const etag = `"${version}-${tag}-${desk.stamp(form)}"`
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': caching(desk.hasCities(form)),
      etag,
    }
    return {
      headers,
      // What has been compressed on its way has a weak tag.
      known: hasTag(ifNoneMatch, etag) ? new Response(null, { status: 304, headers }) : undefined,
    }
  }

  routes.get('/forms/:form/regions', ({ req }) => {
    const form = req.param('form')
    const { headers, known } = served('regions', form, req.header('if-none-match'))
    return known ?? new Response(JSON.stringify({ regions: desk.regions(form) }), { headers })
  })

  routes.get('/forms/:form/cities', async ({ req }) => {
    const form = req.param('form')
    const parameters = new URL(req.url).searchParams
    for (const name of new Set(parameters.keys())) {
      if (name !== 'region' && name !== 'query') {
        return errorReply(
          'parameter',
          `There is no parameter ${quoted(name)}: use "region" (an id from …/regions) and "query" (what was typed).`,
        )
      }
      if (parameters.getAll(name).length > 1) return errorReply('parameter', `Give "${name}" once.`)
    }
    const regionId = parameters.get('region') || undefined
    if (regionId !== undefined && !desk.region(form, regionId)) {
      return errorReply(
        'parameter',
        'There is no region of that id: "region" takes an id from …/regions of this form, as "devtek:40" or "kladr:7200000000000".',
      )
    }
    // By characters, not by halves of them.
    const text = Array.from(parameters.get('query') ?? '')
      .slice(0, longestQuery)
      .join('')
    const { headers, known } = served('cities', form, req.header('if-none-match'))
    if (known) return known
    return new Response(JSON.stringify(await desk.cities(form, { regionId, text })), { headers })
  })

  return routes
}

interface Served {
  readonly headers: Readonly<Record<string, string>>
  readonly known: Response | undefined
}

/** Lists change once a day at most; one that has not come yet is asked for again soon. */
function caching(hasCities: boolean): string {
  return hasCities
    ? 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800'
    : 'public, max-age=30, stale-if-error=604800'
}

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 40).toWellFormed())
}
