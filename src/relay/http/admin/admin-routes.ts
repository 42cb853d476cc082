import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { Hono, type MiddlewareHandler } from 'hono'
import { type AuditAction, recordAudit } from '../../leads/console/audit-log.ts'
import type { LeadStore } from '../../leads/lead-store.ts'
import { describeError, type Log } from '../../log.ts'
import { PlacesNdjsonError, readPlacesNdjson } from '../../places/import/ndjson.ts'
import type { PlaceStore } from '../../places/place-store.ts'
import { createErasedHandler } from '../failures.ts'
import { errorResponse, uncachedJson } from '../responses.ts'
import { departmentRoutes, type DepartmentRoutesDeps } from './department-routes.ts'
import { type FormEditingDeps, formEditingRoutes } from './forms/form-editing-routes.ts'
import { adminLeadRoutes } from './leads/admin-lead-routes.ts'
import type { AdminLeadDeps } from './leads/lead-deps.ts'
import type { MaskedRequestDeps } from './leads/masked-request.ts'
import { type MessageRoutesDeps, messageRoutes } from './message-routes.ts'
import { type PrivacyRoutesDeps, privacyRoutes } from './privacy-routes.ts'
import { type ReloadRoutesDeps, reloadRoutes } from './reload-routes.ts'
import { type AdminHonoEnv, createAdminAccess } from './session/access.ts'
import { sessionRoutes, type SessionRoutesDeps } from './session/session-routes.ts'
import { statisticsRoutes, type StatisticsRoutesDeps } from './statistics-routes.ts'
import { createStreamBody } from './stream-body.ts'
import { streetImportRoutes, type StreetImportRoutesDeps } from './street-import-routes.ts'

/** The import of places that is running, if one is. The routes of every configuration share it. */
export interface PlaceImport {
  progress?: { readonly cities: number; readonly of: number } | undefined
}

/** Dependencies of {@link adminRoutes}. */
export interface AdminDeps
  extends
    PrivacyRoutesDeps,
    MessageRoutesDeps,
    ReloadRoutesDeps,
    Omit<AdminLeadDeps, 'isErased' | 'maskedRequests'>,
    MaskedRequestDeps,
    SessionRoutesDeps,
    StatisticsRoutesDeps,
    Omit<DepartmentRoutesDeps, 'audit'>,
    Omit<StreetImportRoutesDeps, 'audit'>,
    FormEditingDeps {
  readonly leads: LeadStore
  readonly placeImport: PlaceImport
  readonly placeStore: PlaceStore
  readonly log: Log
  /** Hash of the key that commands on this machine use. */
  readonly localKeyHash?: string | undefined
  /** Writes a backup of the database, as lines of text. */
  readonly writeBackup: () => AsyncIterable<string>
  /** Writes the keys of all leads, as lines of text. */
  readonly writeLeadKeys: () => AsyncIterable<string>
}

/** An import of 200,000 places has about 15 MB. */
const maxImportBytes = 128 * 1024 * 1024

/**
 * The `/admin` routes for the operator: import of places, departments and streets, its progress, the list of cities without a KLADR code,
 * a backup of the database, the leads, messages that were given up, what people have a right to, and reading the
 * configuration again. Without an admin token they exist for the local key only. With one, `/console/session` lets users of
 * the console in.
 */
export function adminRoutes(deps: AdminDeps): Hono<AdminHonoEnv> {
  const { config, database, sessions, placeStore, placeImport } = deps
  const { clock, log, localKeyHash, duringLongWork, hasSpace } = deps
  const { adminTokenHash } = config
  const routes = new Hono<AdminHonoEnv>()
  if (adminTokenHash === undefined && localKeyHash === undefined) return routes

  routes.use('/admin/*', createAdminAccess({ config, localKeyHash, sessions, clock }))
  routes.use('/admin/*', refuseRepeatedParameters)
  routes.route('/', sessionRoutes(deps))
  const audit = (user: string, action: AuditAction, details = {}) =>
    recordAudit(database, { user, action, details }, new Date(clock.now()))

  routes.use('/admin/leads/:id/*', createErasedHandler(deps.leads.isErased))

  routes.post('/admin/places', async (context) => {
    const { req } = context
    if (!hasSpace())
      return errorResponse('not-stored', 'Nothing was changed: the disk of the database is almost full.')
    if (placeImport.progress)
      return errorResponse('busy', 'Another import is running: try again when it has ended.')
    if (!/^application\/x-ndjson\s*(;|$)/i.test(req.header('content-type') ?? '')) {
      return errorResponse(
        'content-type',
        'Expected places as "anketa-relay places import" sends them: application/x-ndjson.',
      )
    }
    placeImport.progress = { cities: 0, of: 0 }
    try {
      await audit(context.get('user').name, 'places')
      const list = await readPlacesNdjson(decodeBody(req.raw.body))
      log('info', 'Places are being imported', { cities: list.cities.length })
      const of = list.cities.length
      const imported = await duringLongWork(() =>
        placeStore.import(list, new Date(clock.now()), (cities) => {
          placeImport.progress = { cities, of }
        }),
      )
      log('info', imported === 'stored' ? 'Places were imported' : 'The places are unchanged', {
        cities: placeStore.snapshot().kladr?.cities ?? 0,
      })
      return uncachedJson({ imported, cities: list.cities.length, regions: list.regions.length })
    } catch (error) {
      if (error instanceof PlacesNdjsonError)
        return errorResponse('not-places', `Nothing was changed: ${error.message}.`)
      if (error instanceof ImportTooLargeError)
        return errorResponse('too-large', `An import has at most ${maxImportBytes} bytes.`)
      throw error
    } finally {
      placeImport.progress = undefined
    }
  })

  routes.get('/admin/places', () =>
    uncachedJson({
      imported: placeStore.snapshot().kladr?.cities ?? 0,
      ...(placeImport.progress ? { importing: placeImport.progress } : {}),
    }),
  )

  routes.get('/admin/places/unmatched', async () =>
    uncachedJson({ cities: await placeStore.findUnmatched() }),
  )

  routes.route('/', departmentRoutes({ ...deps, audit }))
  routes.route('/', streetImportRoutes({ ...deps, audit }))

  routes.get('/admin/backup', async (context) => {
    log('info', 'A backup is being made')
    await audit(context.get('user').name, 'backup')
    return sendLines(deps.writeBackup(), 'anketa-backup.ndjson.gz', log)
  })

  routes.get('/admin/backup/keys', async (context) => {
    await audit(context.get('user').name, 'backup', { keys: true })
    return sendLines(deps.writeLeadKeys(), 'anketa-lead-keys.gz', log)
  })

  routes.route('/', adminLeadRoutes({ ...deps, maskedRequests: deps, isErased: deps.leads.isErased }))
  routes.route('/', statisticsRoutes(deps))
  routes.route('/', formEditingRoutes(deps))
  routes.route('/', messageRoutes(deps))
  routes.route('/', privacyRoutes(deps))
  routes.post('/admin/reload', async (context, next) => {
    await audit(context.get('user').name, 'reload')
    return next()
  })
  routes.route('/', reloadRoutes(deps))
  return routes
}

/** Refuses a parameter that a request has twice: which of its values is meant is not known. */
const refuseRepeatedParameters: MiddlewareHandler = async ({ req }, next) => {
  const names = [...new URL(req.url).searchParams.keys()]
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice !== undefined) return errorResponse('parameter', `${twice.slice(0, 40)}: give it once.`)
  return next()
}

/** Sends a part of a backup. One that fails breaks the connection, and its file has no end then. */
function sendLines(lines: AsyncIterable<string>, name: string, log: Log): Response {
  const content = pipeline(Readable.from(lines), createGzip(), (error) => {
    if (error) log('error', 'A backup was interrupted', { fault: describeError(error), file: name })
    else log('info', 'A backup was made', { file: name })
  })
  const chunks: AsyncIterator<Uint8Array> = content[Symbol.asyncIterator]()
  return new Response(
    createStreamBody(chunks, () => content.destroy()),
    {
      headers: {
        'content-type': 'application/gzip',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    },
  )
}

class ImportTooLargeError extends Error {}

/** Decodes a request's body from UTF-8. Throws {@link ImportTooLargeError} past {@link maxImportBytes}. */
async function* decodeBody(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (!body) return
  const decoder = new TextDecoder()
  let size = 0
  for await (const bytes of body) {
    size += bytes.length
    if (size > maxImportBytes) throw new ImportTooLargeError()
    yield decoder.decode(bytes, { stream: true })
  }
  yield decoder.decode()
}
