import { existsSync } from 'node:fs'
import type { Fetch } from '../../../delivery/send-http.ts'
import type { StreetCounts } from '../../places/streets/street-store.ts'
import type { LoadedConfig } from '../read-config-file.ts'
import { formatCount } from './print-line.ts'
import { withStreetStore } from './with-street-store.ts'

/**
 * Says whether the relay has streets and houses, for the operator of a form that asks for an address. A database that does
 * not exist yet is not created.
 */
export async function describeStreets(loadedConfig: LoadedConfig, fetch: Fetch): Promise<string> {
  const { database } = loadedConfig.config
  if (database.engine === 'pglite' && !existsSync(database.folder))
    return formatStreets({ streets: 0, houses: 0 })
  try {
    return formatStreets(await withStreetStore(loadedConfig, fetch, ({ counts }) => counts()))
  } catch (error) {
    return `streets: not known: ${error instanceof Error ? error.message : String(error)}`
  }
}

function formatStreets({ streets, houses }: StreetCounts): string {
  if (streets === 0)
    return 'streets: none are imported, so addresses are written by hand: anketa-relay places import STREET.DBF DOMA.DBF'
  const withHouses =
    houses === 0
      ? 'without houses: anketa-relay places import DOMA.DBF'
      : `with ${formatCount(houses)} rows of houses`
  return `streets: ${formatCount(streets)} are imported, ${withHouses}`
}
