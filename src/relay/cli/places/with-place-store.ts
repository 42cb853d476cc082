import type { Fetch } from '../../../delivery/send-http.ts'
import { createLeases, withSchemaLock } from '../../database/leases.ts'
import { migrate } from '../../database/migrations.ts'
import { openPlaceStore, type PlaceStore } from '../../places/place-store.ts'
import type { AdminClient } from '../running/admin-client.ts'
import type { LoadedConfig } from '../read-config-file.ts'
import { withDatabase } from '../running/with-database.ts'

/** The two ways to reach the places of a relay. */
export interface PlaceStoreAccess<Result> {
  /** Used if no relay has locked the database, or if relays share it. */
  direct(placeStore: PlaceStore): Promise<Result>
  /** Used if a relay is running: it has locked the database. */
  remote(adminClient: AdminClient): Promise<Result>
}

/** Works on the places of a configuration's relay, in its database or through the running relay. */
export function withPlaceStore<Result>(
  loadedConfig: LoadedConfig,
  fetch: Fetch,
  { direct, remote }: PlaceStoreAccess<Result>,
): Promise<Result> {
  return withDatabase(loadedConfig, fetch, {
    async direct(database) {
      const leases = await createLeases(database)
      await withSchemaLock(leases, () => migrate(database))
      const placeStore = await openPlaceStore({ database, leases, log: () => {}, pause: async () => {} })
      try {
        return await direct(placeStore)
      } finally {
        await placeStore.close()
      }
    },
    remote,
  })
}
