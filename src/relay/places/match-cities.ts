import { federalCities } from '../../fields/place/federal-city.ts'
import { foldPlaceName } from '../../places/fold-place.ts'
import type { Region } from '../../places/place.ts'
import { findFederalSubject } from '../../places/federal-subjects.ts'
import { findRegionalCapital } from '../../places/regional-capitals.ts'
import type { ProviderCity, ProviderRegion } from '../../providers/core/provider.ts'
import type { Queryable } from '../database/database.ts'
import type { StoredCity } from './generations/load-generation.ts'
import { removeSpaces } from './search-key.ts'
import { placeTableNames } from './generations/tables.ts'

/** The imported directory that a provider's list is matched with. */
export interface ImportedDirectory {
  readonly generation: number
  readonly regions: readonly Region[]
}

/** Adds the KLADR codes of federal subjects to the regions of a provider's list. */
export function matchRegions(
  regions: readonly ProviderRegion[],
  imported: ImportedDirectory | undefined,
): readonly Region[] {
  const importedKladr = new Map(imported?.regions.map(({ name, kladr }) => [foldPlaceName(name), kladr]))
  return regions.map(({ id, name, kladr }) => ({
    id,
    name,
    kladr: kladr ?? findFederalSubject(name)?.kladr ?? importedKladr.get(foldPlaceName(name)),
  }))
}

interface CityCandidate {
  readonly index: number
  readonly kladr: string
  readonly type: string
}

/**
 * Adds KLADR codes to the cities of a provider's list: the list's own code, otherwise the code of the only place of that
 * name in the region, or of the only town among several, or that of the region's capital. `regions` are the result of {@link matchRegions}.
 */
export async function matchCities(
  database: Queryable,
  cities: readonly ProviderCity[],
  regions: readonly Region[],
  imported: ImportedDirectory | undefined,
): Promise<readonly StoredCity[]> {
  const codes = new Map(regions.map(({ id, kladr }) => [id, kladr]))
  const queries = cities.map(({ name, regionId }) => ({
    key: removeSpaces(foldPlaceName(name)),
    region: codes.get(regionId),
  }))
  const candidates = imported ? await loadCandidates(database, imported, cities, queries) : []
  return cities.map(({ id, name, regionId, kladr }, index) => {
    const own = candidates.filter((candidate) => candidate.index === index)
    const matched =
      kladr === undefined ? selectSingle(own) : own.find((candidate) => candidate.kladr === kladr)
    return {
      id,
      name,
      type: '',
      regionId,
      kladr: kladr ?? matched?.kladr ?? findRegionalCapital(name, codes.get(regionId))?.kladr,
      listedKladr: kladr,
      overlaps: matched !== undefined,
    }
  })
}

function selectSingle(candidates: readonly CityCandidate[]): CityCandidate | undefined {
  const towns = candidates.filter(({ type }) => type === 'г')
  const [first, ...others] = towns.length > 0 ? towns : candidates
  return others.length === 0 ? first : undefined
}

async function loadCandidates(
  database: Queryable,
  { generation }: ImportedDirectory,
  cities: readonly ProviderCity[],
  queries: readonly { readonly key: string; readonly region: string | undefined }[],
): Promise<readonly CityCandidate[]> {
  // A list may have a federal city in the region around it.
  const federal = queries.map(({ key }) =>
    federalCities.find(({ name }) => removeSpaces(foldPlaceName(name)) === key),
  )
  return database.query<CityCandidate>(
    `select query.index, p.kladr, p.type
     from unnest($1::int[], $2::text[], $3::text[]) as query (index, key, region)
       join ${placeTableNames(generation).places} p on p.key = query.key and p.region = query.region
     union
     select query.index, p.kladr, p.type
     from unnest($1::int[], $4::text[]) as query (index, kladr)
       join ${placeTableNames(generation).places} p on p.kladr = query.kladr`,
    [
      queries.map((_, index) => index),
      queries.map(({ key }) => key),
      queries.map(({ region }) => (region === undefined ? null : `kladr:${region}`)),
      cities.map(({ kladr }, index) => kladr ?? federal[index]?.kladr ?? null),
    ],
  )
}
