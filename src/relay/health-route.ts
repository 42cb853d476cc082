import { Hono } from 'hono'
import type { RelayConfig } from './config.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { faultText, type Log } from './log.ts'
import type { ListKeeper } from './places/list-keeper.ts'
import type { PlaceBook } from './places/place-book.ts'
import { version } from './version.ts'

/** What the route tells about. */
export interface HealthPorts {
  readonly deliveries: DeliveryStore
  readonly book: PlaceBook
  readonly keeper: ListKeeper
  readonly log: Log
}

/**
 * Tells how the relay is. `ok`; `degraded` when it runs, but a form was refused or deliveries were given up;
 * `down` with status 503 when it cannot store leads. Anybody may ask, so what is wrong with a form is told without any
 * value of its configuration.
 */
export function healthRoute({ forms }: RelayConfig, { deliveries, book, keeper, log }: HealthPorts): Hono {
  const states = Object.fromEntries(
    [...forms].map(([id, result]) => [id, 'problems' in result ? 'refused' : 'ok']),
  )
  const found = [...forms].flatMap(([id, result]) => ('problems' in result ? [[id, result.problems]] : []))
  const refused = found.length > 0
  const problems = refused ? { problems: Object.fromEntries(found) } : {}
  const headers = { 'cache-control': 'no-store' }
  return new Hono().get('/healthz', async () => {
    try {
      const queue = await deliveries.counts()
      const status = refused || queue.failed > 0 ? 'degraded' : 'ok'
      const places = placesState(book, keeper)
      return Response.json({ status, version, queue, forms: states, places, ...problems }, { headers })
    } catch (fault) {
      log('error', 'The database does not answer', { fault: faultText(fault) })
      return Response.json({ status: 'down', version, forms: states, ...problems }, { status: 503, headers })
    }
  })
}

/** How many cities are imported and listed, how many of the listed have no code, and how the lists are. */
function placesState(book: PlaceBook, keeper: ListKeeper): object {
  const { kladr, lists } = book.snapshot()
  const sum = (count: 'cities' | 'unmatched') =>
    [...lists.values()].reduce((total, list) => total + list[count], 0)
  return {
    imported: kladr?.cities ?? 0,
    listed: sum('cities'),
    unmatched: sum('unmatched'),
    lists: keeper.state(),
  }
}
