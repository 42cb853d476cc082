import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Pool } from 'pg'
import type { Database } from './database.ts'
import { lockDirectory } from './directory-lock.ts'
import { isFolder } from './disk/is-folder.ts'
import { maintainEmbedded } from './disk/maintenance.ts'
import { createPoolDatabase } from './connection/pool-database.ts'
import { syncedStartParams, SyncedNodeFS, syncPath, syncTree } from './disk/synced-node-fs.ts'

/** The embedded database of one relay. */
export interface PgliteConfig {
  readonly engine: 'pglite'
  readonly folder: string
}

/** The folder's database cannot be used as it is. The message names the folder and says what to do. */
export class DamagedDatabaseError extends Error {
  override readonly name = 'DamagedDatabaseError'
}

/**
 * Opens the embedded Postgres of a folder for this process alone, and creates it if necessary.
 * Layout: `pg/` is the data, `lock.sqlite` the lock, `holder.json` describes the owner.
 * Every commit is synced to disk before it is acknowledged.
 * Throws `DirectoryInUseError` if another process uses the folder, and {@link DamagedDatabaseError} if its data is
 * incomplete.
 */
export async function openPglite(
  folder: string,
  owner: { readonly now: number; readonly url?: string | undefined },
): Promise<Database> {
  refuseForeignFolder(folder)
  // PGlite itself lets two processes write to one folder, and each overwrites the other's data.
  const lock = await lockDirectory(folder, owner)
  try {
    const postgres = await openDataDirectory(folder)
    // A pool of one connection: transactions wait for each other.
    // The driver talks to the engine itself; its types know no such connection.
    const settings = { connection: createPgConfig(postgres).connection, max: 1, idleTimeoutMillis: 0 }
    const pool = new Pool(settings)
    return createPoolDatabase(pool, {
      backend: 'pglite',
      exclusive: true,
      prepare: true,
      async listen(channel, onNotification, onReconnect) {
        const close = await postgres.listen(channel, onNotification)
        onReconnect()
        return { close: () => close() }
      },
      beforeUse: createEventLoopTurns(),
      maintain: maintainEmbedded,
      async close() {
        await pool.end()
        await postgres.close()
        lock.release()
      },
    })
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Milliseconds after which timers, requests and signals get their turn. */
const maxTurnMs = 20

/**
 * Creates a function that lets the event loop turn when it has not for a while. The engine answers without any input or
 * output, so work on a long queue would otherwise keep everything else from running.
 */
function createEventLoopTurns(): () => Promise<void> {
  let turnedAt = 0
  return async () => {
    if (performance.now() - turnedAt < maxTurnMs) return
    await new Promise((resolveTurn) => setImmediate(resolveTurn))
    turnedAt = performance.now()
  }
}

async function openDataDirectory(folder: string): Promise<PGlite> {
  const data = join(folder, 'pg')
  if (!existsSync(data)) {
    // Created under another name and renamed when it is complete: a process that is killed meanwhile must not leave a
    // folder that only looks like a database.
    const draft = join(folder, 'pg.new')
    rmSync(draft, { recursive: true, force: true })
    await (await startPostgres(draft)).close()
    chmodSync(draft, 0o700)
    // Initialization itself does not sync.
    syncTree(draft)
    renameSync(draft, data)
    syncPath(folder)
  }
  checkDataDirectory(folder, data)
  try {
    return await startPostgres(data)
  } catch (cause) {
    throw new DamagedDatabaseError(
      `The database in ${resolve(data)} does not start. If its disk is full, free some space and start again; otherwise restore the folder ${resolve(folder)} from a backup.`,
      { cause },
    )
  }
}

/** The size on the disk of the write-ahead log, which a checkpoint keeps for later use. */
const logSizeParams = ['-c', 'min_wal_size=32MB', '-c', 'max_wal_size=96MB'] as const

/** Starts Postgres on a folder, and initializes it if the folder is empty. Every commit is synced to disk. */
async function startPostgres(folder: string): Promise<PGlite> {
  return PGlite.create({
    fs: new SyncedNodeFS(folder),
    startParams: [...syncedStartParams, ...logSizeParams],
    extensions: { pg_trgm },
  })
}

/** The major version of the embedded Postgres. */
const postgresVersion = '18'

/** The files without which Postgres makes a new database over the old one, or does not start. */
const essentialFiles = ['PG_VERSION', 'global/pg_control', 'pg_wal', 'base', 'pg_xact']

/** Throws {@link DamagedDatabaseError} if the data of a folder is incomplete: half of a copy, or another program's. */
function checkDataDirectory(folder: string, data: string): void {
  const missing = essentialFiles.filter((name) => !existsSync(join(data, name)))
  if (missing.length > 0)
    throw new DamagedDatabaseError(
      `The database in ${resolve(data)} is incomplete: ${missing.join(', ')} missing. Restore the whole folder ${resolve(folder)} from a backup; to begin with an empty database, move the folder away.`,
    )
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (version !== postgresVersion)
    throw new DamagedDatabaseError(
      `The database in ${resolve(data)} was made by PostgreSQL ${version}, and this relay has ${postgresVersion}: start the version of the relay that made it.`,
    )
}

/** What an owner's folder may hold before there is a database in it. */
const ownFiles: readonly string[] = [
  'pg',
  'pg.new',
  'lock.sqlite',
  'lock.sqlite-journal',
  'holder.json',
  'lost+found',
]

/** Throws {@link DamagedDatabaseError} if a folder holds other files and no database: it is somebody else's. */
function refuseForeignFolder(folder: string): void {
  if (!isFolder(folder))
    throw new DamagedDatabaseError(
      `database: expected a folder after "pglite:", and ${resolve(folder)} is, or leads through, a file.`,
    )
  const entries = existsSync(folder) ? readdirSync(folder) : []
  if (entries.includes('pg')) return
  const foreign = entries.filter((name) => !ownFiles.includes(name))
  if (foreign.length === 0) return
  throw new DamagedDatabaseError(
    `The folder ${resolve(folder)} holds no database of a relay, but other files (${foreign.slice(0, 3).join(', ')}): name a folder of its own for the database, or restore the whole folder from a backup.`,
  )
}
