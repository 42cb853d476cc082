import { object, optional, parse, picklist, number } from 'valibot'
import type { Fetch } from '../../../delivery/send-http.ts'
import { createLeases, withSchemaLock } from '../../database/leases.ts'
import { migrate } from '../../database/migrations.ts'
import type { NewStreetList, StreetPart } from '../../places/streets/street-rows.ts'
import type { StoredStreetPart, StreetImport } from '../../places/streets/street-imports.ts'
import { openStreetStore, type StreetCounts, type StreetStore } from '../../places/streets/street-store.ts'
import { CommandError } from '../command.ts'
import type { AdminClient } from '../running/admin-client.ts'
import type { LoadedConfig } from '../read-config-file.ts'
import { withDatabase } from '../running/with-database.ts'

/** The directories of streets and houses of a relay, for a command. Throws {@link CommandError} for a refused import. */
export interface StreetImporter {
  counts(): Promise<StreetCounts>
  begin(list: NewStreetList): Promise<StreetImport | 'unchanged'>
  /** Resolves to the number of stored rows, and whether the directory is in use now. */
  append(generation: number, part: StreetPart): Promise<StoredStreetPart>
  /** Whether the rows go through a running relay. */
  readonly isRemote: boolean
}

/** Works on the streets of a configuration's relay, in its database or through the running relay. */
export function withStreetStore<Result>(
  loadedConfig: LoadedConfig,
  fetch: Fetch,
  work: (importer: StreetImporter) => Promise<Result>,
): Promise<Result> {
  return withDatabase(loadedConfig, fetch, {
    async direct(database) {
      const leases = await createLeases(database)
      await withSchemaLock(leases, () => migrate(database))
      const store = await openStreetStore({ database, pause: async () => {} })
      try {
        return await work(createDirectImporter(store))
      } finally {
        await store.close()
      }
    },
    remote: (adminClient) => work(createRemoteImporter(adminClient)),
  })
}

function createDirectImporter(store: StreetStore): StreetImporter {
  return {
    isRemote: false,
    counts: async () => store.counts(),
    async begin(list) {
      const begun = await store.begin(list, new Date())
      if (begun !== 'busy') return begun
      throw new CommandError('Another import is running: try again when it has ended, or in half a minute.')
    },
    async append(generation, part) {
      const stored = await store.append(generation, part)
      if (stored !== 'lost') return stored
      throw new CommandError('Another command goes on with this import: import again when it has ended.')
    },
  }
}

const countsSchema = object({ streets: number(), houses: number() })
const unchangedSchema = object({ imported: optional(picklist(['unchanged'])) })
const begunSchema = object({ generation: number(), loaded: number() })
const partSchema = object({ loaded: number(), imported: optional(picklist(['stored'])) })

function createRemoteImporter(adminClient: AdminClient): StreetImporter {
  const post = async (path: string, content: unknown): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' }
    const response = await adminClient(path, { method: 'POST', headers, body: JSON.stringify(content) })
    return response.json()
  }
  return {
    isRemote: true,
    counts: async () => parse(countsSchema, await (await adminClient('/admin/streets')).json()),
    async begin(list) {
      const answer = await post('/admin/streets', list)
      return parse(unchangedSchema, answer).imported ?? parse(begunSchema, answer)
    },
    async append(generation, { first, rows }) {
      const { loaded, imported } = parse(
        partSchema,
        await post(`/admin/streets/${generation}`, { first, rows }),
      )
      return { loaded, isInUse: imported === 'stored' }
    },
  }
}
