import { existsSync } from 'node:fs'
import { number, object, parse } from 'valibot'
import type { Fetch } from '../../../delivery/send-http.ts'
import type { LoadedConfig } from '../read-config-file.ts'
import { formatCount } from './print-line.ts'
import { withDepartmentStore } from './with-department-store.ts'

const importedSchema = object({ imported: number() })

/**
 * Says whether the relay has the names of the departments that issue passports, for the operator of a form that asks for
 * them. A database that does not exist yet is not created.
 */
export async function describeDepartments(loadedConfig: LoadedConfig, fetch: Fetch): Promise<string> {
  const { database } = loadedConfig.config
  if (database.engine === 'pglite' && !existsSync(database.folder)) return formatDepartments(0)
  try {
    const count = await withDepartmentStore(loadedConfig, fetch, {
      direct: async (store) => store.count(),
      async remote(adminClient) {
        const answer = await (await adminClient('/admin/departments')).json()
        return parse(importedSchema, answer).imported
      },
    })
    return formatDepartments(count)
  } catch (error) {
    return `departments: not known: ${error instanceof Error ? error.message : String(error)}`
  }
}

function formatDepartments(count: number): string {
  return count === 0
    ? 'departments: none is imported, so people write who issued the passport by hand: anketa-relay passports import FILE'
    : `departments: ${formatCount(count)} codes are imported`
}
