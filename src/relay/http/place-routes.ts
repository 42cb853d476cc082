import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { PlaceService } from '../places/place-service.ts'
import { version } from '../runtime/version.ts'
import { cacheableJson, errorResponse } from './responses.ts'

/** Characters. The rest of a longer query is ignored. */
const maxQueryLength = 100

/** The routes for regions and cities below `/forms/:form`. The form must exist. */
export function placeRoutes(placeService: PlaceService): Hono {
  const routes = new Hono()
  routes.use(compress())

  routes.get('/forms/:form/regions', ({ req }) => {
    const form = req.param('form')
    return cacheableJson(req.header('if-none-match'), cachingOf('regions', form), () =>
      JSON.stringify({ regions: placeService.regions(form) }),
    )
  })

  routes.get('/forms/:form/cities', ({ req }) => {
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
    // Array.from splits by code points, so a surrogate pair stays whole.
    const text = Array.from(parameters.get('query') ?? '')
      .slice(0, maxQueryLength)
      .join('')
    return cacheableJson(req.header('if-none-match'), cachingOf('cities', form), async () =>
      JSON.stringify(await placeService.cities(form, { regionId, text })),
    )
  })

  /** The same ETag serves all queries of a list: caches keep responses by URL. */
  function cachingOf(list: 'regions' | 'cities', form: string) {
    return {
      etag: `"${version}-${list}-${placeService.contentVersion(form)}"`,
      cacheControl: placeService.hasCities(form)
        ? 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800'
        : // No list is loaded yet.
          'public, max-age=30, stale-if-error=604800',
    }
  }

  return routes
}

function quoteName(name: string): string {
  return JSON.stringify(name.slice(0, 40).toWellFormed())
}
