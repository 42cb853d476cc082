import { existsSync } from 'node:fs'
import { array, number, object, parse, unknown } from 'valibot'
import type { Fetch } from '../../../delivery/send-http.ts'
import type { LoadedConfig } from '../read-config-file.ts'
import { withPlaceStore } from './with-place-store.ts'

const importedSchema = object({ imported: number() })
const unmatchedSchema = object({ cities: array(unknown()) })

/**
 * What the relay knows of places, for the operator: whether a directory is imported, and how many cities of lenders'
 * lists have no code. A database that does not exist yet is not created.
 */
export async function describePlaces(loadedConfig: LoadedConfig, fetch: Fetch): Promise<string> {
  const { database } = loadedConfig.config
  const isNew = database.engine === 'pglite' && !existsSync(database.folder)
  if (isNew) return formatPlaces({ imported: 0, unmatched: 0 })
  try {
    return formatPlaces(
      await withPlaceStore(loadedConfig, fetch, {
        direct: async (placeStore) => ({
          imported: placeStore.snapshot().kladr?.cities ?? 0,
          unmatched: (await placeStore.findUnmatched()).length,
        }),
        async remote(adminClient) {
          const places = await (await adminClient('/admin/places')).json()
          const unmatched = await (await adminClient('/admin/places/unmatched')).json()
          return {
            imported: parse(importedSchema, places).imported,
            unmatched: parse(unmatchedSchema, unmatched).cities.length,
          }
        },
      }),
    )
  } catch (error) {
    return `places: not known: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Says what is missing, and which command adds it. */
export function formatPlaces({
  imported,
  unmatched,
}: {
  readonly imported: number
  readonly unmatched: number
}): string {
  const directory =
    imported === 0
      ? 'none is imported, so only the capitals of regions have KLADR codes: anketa-relay places import FILE…'
      : `${imported} are imported`
  const lists =
    unmatched === 0
      ? ''
      : `; ${unmatched} cities of lenders' lists have no code: anketa-relay places unmatched prints them`
  return `places: ${directory}${lists}`
}
