import type { Fetch } from '../../../delivery/send-http.ts'
import type { Database } from '../../database/database.ts'
import { DirectoryInUseError } from '../../database/directory-lock.ts'
import { openDatabase } from '../../database/open-database.ts'
import { type AdminClient, createAdminClient } from './admin-client.ts'
import type { LoadedConfig } from '../read-config-file.ts'

/** The two ways to reach the database of a relay. */
export interface DatabaseAccess<Result> {
  /** Used if no relay has locked the database, or if relays share it. */
  direct(database: Database): Promise<Result>
  /** Used if a relay is running: it has locked the database. */
  remote(adminClient: AdminClient): Promise<Result>
}

/** Works on the database of a configuration's relay, or through the running relay. */
export async function withDatabase<Result>(
  { config, candidate, readText }: LoadedConfig,
  fetch: Fetch,
  { direct, remote }: DatabaseAccess<Result>,
): Promise<Result> {
  const database = await openDatabase(config.database, { now: Date.now() }).catch((error: unknown) => {
    if (error instanceof DirectoryInUseError) return undefined
    throw error
  })
  if (!database)
    return remote(await createAdminClient(config, candidate, { env: process.env, readText }, fetch))
  try {
    return await direct(database)
  } finally {
    await database.close()
  }
}
