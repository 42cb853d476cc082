import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { errorResponse } from './responses.ts'
import { matchesEtag } from './widget-routes.ts'
import { version } from '../version.ts'
import type { PlaceService } from '../places/place-service.ts'

/** A name that is longer is nobody's; the rest of it is not looked at. */
const maxQueryLength = 100

/** The routes of a form's places, below `/forms/:form`, where the form is known to exist. */
export function placeRoutes(placeService: PlaceService): Hono {
  const routes = new Hono()
  routes.use(compress())

  function served(tag: string, form: string, ifNoneMatch: string | undefined): ConditionalResponse {
    const etag = `"${version}-${tag}-${placeService.contentVersion(form)}"`
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': cacheControl(placeService.hasCities(form)),
      etag,
    }
    return {
      headers,
      // What has been compressed on its way has a weak tag.
      notModified: matchesEtag(ifNoneMatch, etag) ? new Response(null, { status: 304, headers }) : undefined,
    }
  }

  routes.get('/forms/:form/regions', ({ req }) => {
    const form = req.param('form')
    const { headers, notModified } = served('regions', form, req.header('if-none-match'))
    return notModified ?? new Response(JSON.stringify({ regions: placeService.regions(form) }), { headers })
  })

  routes.get('/forms/:form/cities', async ({ req }) => {
    const form = req.param('form')
    const parameters = new URL(req.url).searchParams
    for (const name of new Set(parameters.keys())) {
      if (name !== 'region' && name !== 'query') {
        return errorResponse(
          'parameter',
          `There is no parameter ${quoteName(name)}: use "region" (an id from …/regions) and "query" (what was typed).`,
        )
      }
      if (parameters.getAll(name).length > 1) return errorResponse('parameter', `Give "${name}" once.`)
    }
    const regionId = parameters.get('region') || undefined
    if (regionId !== undefined && !placeService.region(form, regionId)) {
      return errorResponse(
        'parameter',
        'There is no region of that id: "region" takes an id from …/regions of this form, as "devtek:40" or "kladr:7200000000000".',
      )
    }
    // By characters, not by halves of them.
    const text = Array.from(parameters.get('query') ?? '')
      .slice(0, maxQueryLength)
      .join('')
    const { headers, notModified } = served('cities', form, req.header('if-none-match'))
    if (notModified) return notModified
    return new Response(JSON.stringify(await placeService.cities(form, { regionId, text })), { headers })
  })

  return routes
}

interface ConditionalResponse {
  readonly headers: Readonly<Record<string, string>>
  readonly notModified: Response | undefined
}

/** Lists change once a day at most; one that has not come yet is asked for again soon. */
function cacheControl(hasCities: boolean): string {
  return hasCities
    ? 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800'
    : 'public, max-age=30, stale-if-error=604800'
}

function quoteName(name: string): string {
  return JSON.stringify(name.slice(0, 40).toWellFormed())
}
