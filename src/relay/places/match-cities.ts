import { federalCities } from '../../fields/federal-city.ts'
import { foldPlace } from '../../places/fold-place.ts'
import type { Region } from '../../places/place.ts'
import { subjectOf } from '../../places/subject-of.ts'
import type { ListedCity, ListedRegion } from '../../providers/place-list.ts'
import type { Queryable } from '../database.ts'
import type { StoredCity } from './load-generation.ts'
import { together } from './place-key.ts'
import { placeTables } from './place-tables.ts'

/** The imported directory that a list is compared with. */
export interface Imported {
  readonly generation: number
  readonly regions: readonly Region[]
}

/** A list's regions with the codes of the subjects that they mean. */
export function matchRegions(
  regions: readonly ListedRegion[],
  imported: Imported | undefined,
): readonly Region[] {
  const named = new Map(imported?.regions.map(({ name, kladr }) => [foldPlace(name), kladr]))
  return regions.map(({ id, name, kladr }) => ({
    id,
    name,
    kladr: kladr ?? subjectOf(name)?.kladr ?? named.get(foldPlace(name)),
  }))
}

interface Candidate {
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
  cities: readonly ListedCity[],
  regions: readonly Region[],
  imported: Imported | undefined,
): Promise<readonly StoredCity[]> {
  const codes = new Map(regions.map(({ id, kladr }) => [id, kladr]))
  const sought = cities.map(({ name, regionId }) => ({
    key: together(foldPlace(name)),
    region: codes.get(regionId),
  }))
  const found = imported ? await candidates(database, imported, cities, sought) : []
  return cities.map(({ id, name, regionId, kladr }, index) => {
    const own = found.filter((candidate) => candidate.index === index)
    const listed = own.find((candidate) => candidate.kladr === kladr)
    const matched = kladr === undefined ? one(own) : listed
    return {
      id,
      name,
      type: '',
      regionId,
      kladr: kladr ?? matched?.kladr,
      listed: kladr,
      twin: matched !== undefined,
    }
  })
}

function one(found: readonly Candidate[]): Candidate | undefined {
  const towns = found.filter(({ type }) => type === 'г')
  const [first, ...others] = towns.length > 0 ? towns : found
  return others.length === 0 ? first : undefined
}

async function candidates(
  database: Queryable,
  { generation }: Imported,
  cities: readonly ListedCity[],
  sought: readonly { readonly key: string; readonly region: string | undefined }[],
): Promise<readonly Candidate[]> {
  // A list may count a federal city to the region around it.
  const federal = sought.map(({ key }) => federalCities.find(({ name }) => together(foldPlace(name)) === key))
  return database.query<Candidate>(
    `select sought.index, p.kladr, p.type
     from unnest($1::int[], $2::text[], $3::text[]) as sought (index, key, region)
       join ${placeTables(generation).places} p on p.key = sought.key and p.region = sought.region
     union
     select sought.index, p.kladr, p.type
     from unnest($1::int[], $4::text[]) as sought (index, kladr)
       join ${placeTables(generation).places} p on p.kladr = sought.kladr`,
    [
      sought.map((_, index) => index),
      sought.map(({ key }) => key),
      sought.map(({ region }) => (region === undefined ? null : `kladr:${region}`)),
      cities.map(({ kladr }, index) => kladr ?? federal[index]?.kladr ?? null),
    ],
  )
}
