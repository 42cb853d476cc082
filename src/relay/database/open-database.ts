import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hashKey } from '../runtime/hash.ts'
import type { Log } from '../log.ts'
import type { Database } from './database.ts'
import { readLocalKey } from './directory-lock.ts'
import { openPglite, type PgliteConfig } from './pglite.ts'
import { openPostgres, type PostgresConfig } from './connection/postgres.ts'

/** Where the relay keeps its leads and jobs. */
export type DatabaseConfig = PgliteConfig | PostgresConfig

/** Opens the configured database; `log` gets what becomes of a connection to a server. Throws as `openPglite` and `openPostgres` do. */
export function openDatabase(
  config: DatabaseConfig,
  owner: { readonly now: number; readonly url?: string | undefined },
  log?: Log,
): Promise<Database> {
  return config.engine === 'pglite' ? openPglite(config.folder, owner) : openPostgres(config, log)
}

/** Whether opening the database creates it first, which takes some seconds. */
export function isNewDatabase(config: DatabaseConfig): boolean {
  return config.engine === 'pglite' && !existsSync(join(config.folder, 'pg'))
}

/** The hash of the key with which commands on the same machine use the running relay; none on a server. */
export function readLocalKeyHash(config: DatabaseConfig): string | undefined {
  const key = config.engine === 'pglite' ? readLocalKey(config.folder) : undefined
  return key === undefined ? undefined : hashKey(key)
}
