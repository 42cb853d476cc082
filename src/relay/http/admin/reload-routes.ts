import { Hono } from 'hono'
import { ReloadError, type ReloadResult } from '../../config/report/reload-error.ts'
import { errorResponse, uncachedJson } from '../responses.ts'

/** What {@link reloadRoutes} depends on. */
export interface ReloadRoutesDeps {
  /** Reads the configuration again. Throws {@link ReloadError} if it is refused. */
  readonly reload: () => Promise<ReloadResult>
}

/** The route that reads the configuration again. Requests that are under way are answered by the one before. */
export function reloadRoutes({ reload }: ReloadRoutesDeps): Hono {
  return new Hono().post('/admin/reload', async () => {
    try {
      const { changed } = await reload()
      return uncachedJson({ reloaded: true, changed })
    } catch (error) {
      if (!(error instanceof ReloadError)) throw error
      const { code, summary, problems } = error
      const { status } = errorResponse(code, summary)
      return uncachedJson({ error: { code, message: summary, problems } }, status)
    }
  })
}
