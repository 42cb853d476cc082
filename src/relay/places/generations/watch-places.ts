import type { Database } from '../../database/database.ts'
import { describeError, type Log } from '../../log.ts'
import { isInUseSql, listGenerations, type PlaceSnapshot } from './generation.ts'

/** What other processes change about the lists of places. */
export interface PlaceChanges {
  /** Lets other processes know of a change at once. */
  announce(): Promise<void>
  close(): Promise<void>
}

/** What watching depends on. */
export interface WatchPlacesDeps {
  readonly current: () => PlaceSnapshot
  readonly reload: () => Promise<void>
  /** Removes lists that were replaced a while ago. */
  readonly cleanUp: () => Promise<void>
  readonly log: Log
}

const channel = 'anketa_places'

/** How often a process looks for changes, however many notifications arrive, and how often it cleans up. */
const pollIntervalMs = 2000
const cleanUpIntervalMs = 60_000

/** Watches the lists of a shared database, by notifications and by polling, until it is closed. */
export async function watchPlaces(
  database: Database,
  { current, reload, cleanUp, log }: WatchPlacesDeps,
): Promise<PlaceChanges> {
  let running: Promise<void> | undefined
  let again = false

  /** Looks for changes; a call during another one makes it look once more. */
  function look(): void {
    if (running) {
      again = true
      return
    }
    running = reloadIfChanged()
      // The next poll tries again. The log gets the loss of the connection elsewhere.
      .catch(() => {})
      .finally(() => {
        running = undefined
        if (again) {
          again = false
          look()
        }
      })
  }

  async function reloadIfChanged(): Promise<void> {
    const rows = await database.query<{ generation: number; checkedAt: Date }>(
      `select generation, checked_at as "checkedAt" from anketa.place_generations where ${isInUseSql}`,
    )
    const known = listGenerations(current())
    const isKnown = rows.every((row) =>
      known.some(
        (one) => one.generation === row.generation && one.checkedAt.getTime() === row.checkedAt.getTime(),
      ),
    )
    if (!isKnown || rows.length !== known.length) await reload()
  }

  let cleaning: Promise<void> = Promise.resolve()
  const listener = await database.listen?.(channel, look, look)
  const poll = setInterval(look, pollIntervalMs)
  const cleanUpTimer = setInterval(() => {
    cleaning = cleanUp().catch((error: unknown) =>
      log('warning', 'Replaced lists of places are removed later', { fault: describeError(error) }),
    )
  }, cleanUpIntervalMs)
  poll.unref()
  cleanUpTimer.unref()
  return {
    async announce() {
      // Polling finds the change if the notification fails.
      await database.query('select pg_notify($1, $2)', [channel, '']).catch(() => {})
    },
    async close() {
      clearInterval(poll)
      clearInterval(cleanUpTimer)
      again = false
      await listener?.close()
      await running
      await cleaning
    },
  }
}
