import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from 'pg-boss'
import { parseJson } from '../../../providers/core/json.ts'
import type { AuditAction } from '../../leads/console/audit-log.ts'
import type { Log } from '../../log.ts'
import { maxRowsOfRequest, parseNewStreetList, parseStreetPart } from '../../places/streets/street-rows.ts'
import type { StreetStore } from '../../places/streets/street-store.ts'
import { errorResponse, uncachedJson } from '../responses.ts'
import type { AdminHonoEnv } from './session/access.ts'

/** What {@link streetImportRoutes} depends on. */
export interface StreetImportRoutesDeps {
  readonly streetStore: StreetStore
  readonly clock: Clock
  readonly log: Log
  /** Whether the database has the space for more rows. */
  readonly hasSpace: () => boolean
  /** Runs work that may keep the event loop busy for many seconds. */
  readonly duringLongWork: <Result>(work: () => Promise<Result>) => Promise<Result>
  readonly audit: (
    user: string,
    action: AuditAction,
    details: Readonly<Record<string, string>>,
  ) => Promise<unknown>
}

/** {@link maxRowsOfRequest} rows have some 500 kB. */
const maxPartBytes = 8 * 1024 * 1024

/**
 * The routes that import streets and houses, and tell how many there are. An import is sent in parts, so that no request
 * takes long: the first request names the directory, and its answer tells with which row to go on.
 */
export function streetImportRoutes(deps: StreetImportRoutesDeps): Hono<AdminHonoEnv> {
  const { streetStore, clock, log, hasSpace, duringLongWork, audit } = deps
  const routes = new Hono<AdminHonoEnv>()
  const limit = bodyLimit({
    maxSize: maxPartBytes,
    onError: () => errorResponse('too-large', `A part of an import has at most ${maxPartBytes} bytes.`),
  })
  const noSpace = () =>
    errorResponse('not-stored', 'The streets in use are unchanged: the disk of the database is almost full.')

  routes.get('/admin/streets', () => uncachedJson(streetStore.counts()))

  routes.post('/admin/streets', limit, async (context) => {
    if (!hasSpace()) return noSpace()
    const list = parseNewStreetList(parseJson(await context.req.text()))
    if (!list)
      return errorResponse(
        'not-places',
        'Nothing was changed: expected { "list", "fingerprint", "rows" }, as "anketa-relay places import" sends them.',
      )
    const begun = await streetStore.begin(list, new Date(clock.now()))
    if (begun === 'busy')
      return errorResponse(
        'busy',
        'Another import is running: try again when it has ended, or in half a minute.',
      )
    if (begun === 'unchanged') return uncachedJson({ imported: 'unchanged' })
    await audit(context.get('user').name, 'places', { list: list.list })
    log('info', 'Streets are being imported', { list: list.list, rows: list.rows, loaded: begun.loaded })
    return uncachedJson(begun)
  })

  routes.post('/admin/streets/:generation', limit, async (context) => {
    if (!hasSpace()) return noSpace()
    const name = context.req.param('generation')
    const generation = /^[1-9]\d{0,8}$/.test(name) ? Number(name) : 0
    const list = await streetStore.importOf(generation)
    if (!list) return lostResponse()
    const part = parseStreetPart(list, parseJson(await context.req.text()))
    if (!part) {
      await streetStore.discard(generation)
      return errorResponse(
        'not-places',
        `The import was given up: expected { "first", "rows" } with at most ${maxRowsOfRequest} rows, as "anketa-relay places import" sends them.`,
      )
    }
    const stored = await duringLongWork(() => streetStore.append(generation, part))
    if (stored === 'lost') return lostResponse()
    if (!stored.isInUse) return uncachedJson({ loaded: stored.loaded })
    log('info', 'Streets were imported', { list, rows: stored.loaded })
    return uncachedJson({ loaded: stored.loaded, imported: 'stored' })
  })

  return routes
}

function lostResponse(): Response {
  return errorResponse('busy', 'There is no such import, or another command goes on with it: import again.')
}
