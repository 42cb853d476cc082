import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Clock } from 'pg-boss'
import type { RelayConfig } from '../../config/config.ts'
import type { Health, HealthReport } from './health.ts'
import type { ListRefresher } from '../../places/list-refresher.ts'
import type { PlaceStore } from '../../places/place-store.ts'
import { version } from '../../runtime/version.ts'
import { uncachedJson } from '../responses.ts'
import { type ConsoleSessions, sessionCookie } from '../admin/session/sessions.ts'
import { checkBearer } from './bearer.ts'

/** Dependencies of {@link healthRoute}. */
export interface HealthRouteDeps {
  readonly health: Health
  readonly placeStore: PlaceStore
  readonly listRefresher: ListRefresher
  readonly sessions: ConsoleSessions
  readonly clock: Clock
}

/** How long a report serves requests without a token, which anybody can send. */
const publicAgeMs = 1000

/**
 * Reports the state of the relay: 503 if it is `down`, with `?strict` also if it is `degraded`. Without the admin token or a
 * session of the console an answer has the status, the version and the names of refused forms only.
 */
export function healthRoute(config: RelayConfig, deps: HealthRouteDeps): Hono {
  const refused = Object.fromEntries(
    [...config.forms].flatMap(([id, result]) => ('problems' in result ? [[id, 'refused']] : [])),
  )
  const publicForms = Object.keys(refused).length > 0 ? { forms: refused } : {}
  let latest: { readonly at: number; readonly report: Promise<HealthReport> } | undefined

  return new Hono().get('/healthz', async (context) => {
    const { req } = context
    const isStrict = req.query('strict') !== undefined
    const statusOf = ({ status }: HealthReport) =>
      status === 'down' || (isStrict && status === 'degraded') ? 503 : 200
    const authorization = req.header('authorization')
    const hasSession = authorization === undefined && (await isSignedIn(getCookie(context, sessionCookie)))
    if (authorization === undefined && !hasSession) {
      if (latest === undefined || performance.now() - latest.at > publicAgeMs)
        latest = { at: performance.now(), report: deps.health.report() }
      const report = await latest.report
      return uncachedJson({ status: report.status, version, ...publicForms }, statusOf(report))
    }
    const denied = hasSession ? undefined : checkBearer(authorization, [config.adminTokenHash])
    if (denied) return denied
    const report = await deps.health.report()
    const { status, reasons, details } = report
    const places = summarizePlaces(deps.placeStore, deps.listRefresher)
    return uncachedJson({ status, version, reasons, ...details, places }, statusOf(report))
  })

  async function isSignedIn(token: string | undefined): Promise<boolean> {
    if (token === undefined || config.adminTokenHash === undefined) return false
    // A database that does not answer is what the answer without a session says, too.
    const session = await deps.sessions.find(token, new Date(deps.clock.now())).catch(() => undefined)
    return session !== undefined
  }
}

/** Counts of imported and listed cities, of listed cities without a KLADR code, and the state of the lists. */
function summarizePlaces(placeStore: PlaceStore, listRefresher: ListRefresher): object {
  const { kladr, lists } = placeStore.snapshot()
  const sum = (count: 'cities' | 'unmatched') =>
    [...lists.values()].reduce((total, list) => total + list[count], 0)
  return {
    imported: kladr?.cities ?? 0,
    listed: sum('cities'),
    unmatched: sum('unmatched'),
    lists: listRefresher.state(),
  }
}
