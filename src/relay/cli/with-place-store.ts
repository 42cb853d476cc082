import type { Fetch } from '../../delivery/send-http.ts'
import { DirectoryInUseError } from '../database/directory-lock.ts'
import { migrate } from '../database/migrations.ts'
import { openDatabase } from '../database/open-database.ts'
import { openPlaceStore, type PlaceStore } from '../places/place-store.ts'
import { type AdminClient, createAdminClient } from './admin-client.ts'
import type { LoadedConfig } from './read-config-file.ts'

/** The two ways to reach the places of a relay. */
export interface PlaceStoreAccess<Result> {
  /** Used if no relay is running. */
  direct(placeStore: PlaceStore): Promise<Result>
  /** Used if a relay is running: it has locked the database. */
  remote(adminClient: AdminClient): Promise<Result>
}

/** Works on the places of a configuration's relay, in its database or through the running relay. */
export async function withPlaceStore<Result>(
  { config, candidate, readText }: LoadedConfig,
  fetch: Fetch,
  { direct, remote }: PlaceStoreAccess<Result>,
): Promise<Result> {
  const database = await openDatabase(config.database, { now: Date.now() }).catch((error: unknown) => {
    if (error instanceof DirectoryInUseError) return undefined
    throw error
  })
  if (!database)
    return remote(await createAdminClient(config, candidate, { env: process.env, readText }, fetch))
  try {
    await migrate(database)
    return await direct(await openPlaceStore({ database, pause: async () => {} }))
  } finally {
    await database.close()
  }
}
