import { resolve } from 'node:path'
import type { Database } from '../database.ts'
import { createDiskSpace, type DiskSpace, readFreeBytes, unwatchedSpace } from './disk-space.ts'
import { type DatabaseConfig, openDatabase } from '../open-database.ts'
import { guardSpace, OutOfSpaceError } from './space-guard.ts'
import { describeError, type Log } from '../../log.ts'

/** The disk of the embedded database is too full to open it. The message names the folder and says what to do. */
export class NoSpaceError extends Error {
  override readonly name = 'NoSpaceError'
}

/** Options of {@link openWatchedDatabase}. */
export interface WatchOptions {
  readonly owner: { readonly now: number; readonly url?: string | undefined }
  /** Reads the bytes that are free on a folder's disk. */
  readonly readFreeBytes?: ((folder: string) => number) | undefined
  readonly log: Log
}

/** Milliseconds between two steps of maintenance, and between two looks at the disk. */
const maintenanceMs = 10_000
const lookMs = 1000

/**
 * Opens the configured database. While it is open, its disk is watched and it is maintained. Throws {@link NoSpaceError} if
 * the disk is too full, and as `openDatabase` does.
 */
export async function openWatchedDatabase(
  config: { readonly database: DatabaseConfig; readonly reserveBytes: () => number },
  { owner, readFreeBytes: read = readFreeBytes, log }: WatchOptions,
): Promise<{ readonly database: Database; readonly space: DiskSpace }> {
  const place = config.database
  if (place.engine !== 'pglite')
    return { database: await openDatabase(place, owner, log), space: unwatchedSpace }
  const { reserveBytes } = config
  const space = createDiskSpace({ reserveBytes, readFreeBytes: () => read(place.folder), log })
  if (['critical', 'exhausted'].includes(space.level())) {
    const megabytes = Math.ceil(reserveBytes() / 2 / 1024 / 1024)
    throw new NoSpaceError(
      `The disk of ${resolve(place.folder)} is almost full, and the database in it needs ${megabytes} MB to start: free some space and start again. No lead is lost.`,
    )
  }
  const opened = await openDatabase(place, owner)
  const database = guardSpace(opened, space)
  const maintain = createMaintenance(database, log)
  // The time is real: a test clock that advances writes nothing.
  const timers = [
    setInterval(() => void maintain(), maintenanceMs),
    // The log says that the disk is full, and that it has space again, without a request.
    setInterval(() => space.level(), lookMs),
  ]
  for (const timer of timers) timer.unref()
  return {
    space,
    database: {
      ...database,
      async close() {
        for (const timer of timers) clearInterval(timer)
        // The engine ends with a checkpoint, which never returns on a full disk. Everything acknowledged is in its log, and
        // the lock ends with the process.
        if (space.level() !== 'exhausted') await opened.close()
      },
    },
  }
}

/** Creates a function that does one step of maintenance, unless the step before is still running. */
function createMaintenance(database: Database, log: Log): () => Promise<void> {
  let running = false
  return async () => {
    if (running) return
    running = true
    try {
      await database.maintain()
    } catch (error) {
      if (!(error instanceof OutOfSpaceError))
        log('warning', 'Maintaining the database failed', { fault: describeError(error) })
    } finally {
      running = false
    }
  }
}
