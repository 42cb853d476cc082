import type { Fetch } from '../../../delivery/send-http.ts'
import { createLeases, withSchemaLock } from '../../database/leases.ts'
import { migrate } from '../../database/migrations.ts'
import { type DepartmentStore, openDepartmentStore } from '../../places/departments/department-store.ts'
import type { AdminClient } from '../running/admin-client.ts'
import type { LoadedConfig } from '../read-config-file.ts'
import { withDatabase } from '../running/with-database.ts'

/** The two ways to reach the departments of a relay. */
export interface DepartmentStoreAccess<Result> {
  /** Used if no relay has locked the database, or if relays share it. */
  direct(store: DepartmentStore): Promise<Result>
  /** Used if a relay is running: it has locked the database. */
  remote(adminClient: AdminClient): Promise<Result>
}

/** Works on the departments of a configuration's relay, in its database or through the running relay. */
export function withDepartmentStore<Result>(
  loadedConfig: LoadedConfig,
  fetch: Fetch,
  { direct, remote }: DepartmentStoreAccess<Result>,
): Promise<Result> {
  return withDatabase(loadedConfig, fetch, {
    async direct(database) {
      const leases = await createLeases(database)
      await withSchemaLock(leases, () => migrate(database))
      const store = await openDepartmentStore({ database, leases, pause: async () => {} })
      try {
        return await direct(store)
      } finally {
        await store.close()
      }
    },
    remote,
  })
}
