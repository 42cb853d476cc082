import { federalCities } from '../../fields/place/federal-city.ts'
import { foldPlaceName } from '../../places/fold-place.ts'
import type { Region } from '../../places/place.ts'
import { findFederalSubject } from '../../places/federal-subjects.ts'
import type { ProviderCity, ProviderRegion } from '../../providers/core/provider.ts'
import type { Queryable } from '../database/database.ts'
import type { StoredCity } from './load-generation.ts'
import { removeSpaces } from './search-key.ts'
import { placeTableNames } from './tables.ts'

/** The imported directory that a list is compared with. */
export interface ImportedDirectory {
  readonly generation: number
  readonly regions: readonly Region[]
}

/** A list's regions with the codes of the subjects that they mean. */
export function matchRegions(
  regions: readonly ProviderRegion[],
  imported: ImportedDirectory | undefined,
): readonly Region[] {
  const named = new Map(imported?.regions.map(({ name, kladr }) => [foldPlaceName(name), kladr]))
  return regions.map(({ id, name, kladr }) => ({
    id,
    name,
    kladr: kladr ?? findFederalSubject(name)?.kladr ?? named.get(foldPlaceName(name)),
  }))
}

interface CityCandidate {
  readonly index: number
  readonly kladr: string
  readonly type: string
}

/**
 * A list's cities with KLADR codes: their own, else that of the one place of the region that has the name; of several,
 * of the one that is a town. `regions` are the list's, matched.
 */
export async function matchCities(
  database: Queryable,
  cities: readonly ProviderCity[],
  regions: readonly Region[],
  imported: ImportedDirectory | undefined,
): Promise<readonly StoredCity[]> {
  const codes = new Map(regions.map(({ id, kladr }) => [id, kladr]))
  const sought = cities.map(({ name, regionId }) => ({
    key: removeSpaces(foldPlaceName(name)),
    region: codes.get(regionId),
  }))
  const found = imported ? await loadCandidates(database, imported, cities, sought) : []
  return cities.map(({ id, name, regionId, kladr }, index) => {
    const own = found.filter((candidate) => candidate.index === index)
    const listed = own.find((candidate) => candidate.kladr === kladr)
    const matched = kladr === undefined ? selectSingle(own) : listed
    return {
      id,
      name,
      type: '',
      regionId,
      kladr: kladr ?? matched?.kladr,
      listedKladr: kladr,
      overlaps: matched !== undefined,
    }
  })
}

function selectSingle(found: readonly CityCandidate[]): CityCandidate | undefined {
  const towns = found.filter(({ type }) => type === 'г')
  const [first, ...others] = towns.length > 0 ? towns : found
  return others.length === 0 ? first : undefined
}

async function loadCandidates(
  database: Queryable,
  { generation }: ImportedDirectory,
  cities: readonly ProviderCity[],
  sought: readonly { readonly key: string; readonly region: string | undefined }[],
): Promise<readonly CityCandidate[]> {
  // A list may count a federal city to the region around it.
  const federal = sought.map(({ key }) =>
    federalCities.find(({ name }) => removeSpaces(foldPlaceName(name)) === key),
  )
  return database.query<CityCandidate>(
    `select sought.index, p.kladr, p.type
     from unnest($1::int[], $2::text[], $3::text[]) as sought (index, key, region)
       join ${placeTableNames(generation).places} p on p.key = sought.key and p.region = sought.region
     union
     select sought.index, p.kladr, p.type
     from unnest($1::int[], $4::text[]) as sought (index, kladr)
       join ${placeTableNames(generation).places} p on p.kladr = sought.kladr`,
    [
      sought.map((_, index) => index),
      sought.map(({ key }) => key),
      sought.map(({ region }) => (region === undefined ? null : `kladr:${region}`)),
      cities.map(({ kladr }, index) => kladr ?? federal[index]?.kladr ?? null),
    ],
  )
}
