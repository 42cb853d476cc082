import { regionKladr } from '../../fields/place/kladr.ts'
import { foldPlaceName } from '../../places/fold-place.ts'
import type { Region } from '../../places/place.ts'
import { findFederalSubject } from '../../places/federal-subjects.ts'
import { findRegionalCapital } from '../../places/regional-capitals.ts'
import type { LeadValues } from '../../lead/values.ts'
import type { Queryable } from '../database/database.ts'
import { placeColumns, type PlaceRow } from './candidates.ts'
import { removeSpaces } from './search-key.ts'
import { placeTableNames } from './generations/tables.ts'
import type { FormPlaces } from './form-places.ts'

/**
 * Adds KLADR codes (and a provider's ids) of typed places to a lead's values, where the directory has exactly one place
 * of the name in the lead's region, or in the country if the lead has no region. Capitals of regions and federal cities
 * get their codes without a directory. Keeps the typed values.
 */
export async function completePlaceCodes(
  database: Queryable,
  places: FormPlaces,
  values: LeadValues,
): Promise<LeadValues> {
  let completed = values
  if (values.cityKladr === undefined) {
    const found = await findExactMatch(database, places, values.city, values.region, values.regionId)
    if (found) {
      completed = {
        ...completed,
        ...(found.kladr === undefined ? {} : { cityKladr: found.kladr }),
        ...withoutMissing({
          cityId: values.cityId ?? found.id,
          regionId: values.regionId ?? found.regionId,
        }),
      }
    }
  }
  for (const prefix of ['registration', 'residence', 'job'] as const) {
    const code = `${prefix}CityKladr` as const
    const region = `${prefix}RegionKladr` as const
    if (values[code] !== undefined) continue
    const found = await findExactMatch(
      database,
      places,
      values[`${prefix}City`],
      values[`${prefix}Region`],
      undefined,
    )
    if (found?.kladr === undefined) continue
    completed = {
      ...completed,
      [code]: found.kladr,
      [region]: values[region] ?? regionKladr(found.kladr),
    }
  }
  return completed
}

interface MatchedPlace {
  readonly kladr: string | undefined
  readonly id?: string | undefined
  readonly regionId?: string | undefined
}

function withoutMissing(
  ids: Pick<LeadValues, 'cityId' | 'regionId'>,
): Pick<LeadValues, 'cityId' | 'regionId'> {
  const { cityId, regionId } = ids
  return { ...(cityId === undefined ? {} : { cityId }), ...(regionId === undefined ? {} : { regionId }) }
}

async function findExactMatch(
  database: Queryable,
  places: FormPlaces,
  city: string | undefined,
  region: string | undefined,
  regionId: string | undefined,
): Promise<MatchedPlace | undefined> {
  const key = removeSpaces(foldPlaceName(city ?? ''))
  if (key === '') return undefined
  const knownRegion =
    (regionId === undefined ? undefined : places.findRegion(regionId)) ?? findRegionByName(places, region)
  // An unknown region must not match a city of another one.
  if (region !== undefined && region.trim() !== '' && !knownRegion) return undefined
  const matches: PlaceRow[] = []
  for (const { generation, excludeOverlap } of places.scopes) {
    matches.push(
      ...(await database.query<PlaceRow>(
        `select ${placeColumns} from ${placeTableNames(generation).places}
         where key = $1 and ($2::text[] is null or region = any($2)) and not (twin and $3) limit 2`,
        [key, knownRegion ? places.findRegionIds(knownRegion) : null, excludeOverlap],
      )),
    )
  }
  const [only, ...others] = matches
  // Without a directory, or in one that lacks the capital or its code.
  const capital = findRegionalCapital(city ?? '', knownRegion?.kladr)
  if (!only) return capital && { kladr: capital.kladr }
  if (others.length > 0) return undefined
  return {
    kladr: only.kladr ?? capital?.kladr,
    id: (await loadOverlapId(database, places, only.kladr)) ?? only.id,
    regionId: places.findRegion(only.region)?.id ?? only.region,
  }
}

function findRegionByName({ regions }: FormPlaces, name = ''): Region | undefined {
  const folded = foldPlaceName(name)
  if (folded === '') return undefined
  const subject = findFederalSubject(name)
  return (
    regions.find((region) => foldPlaceName(region.name) === folded) ??
    regions.find(({ kladr }) => kladr !== undefined && kladr === subject?.kladr)
  )
}

async function loadOverlapId(
  database: Queryable,
  { overlapGeneration }: FormPlaces,
  kladr: string | null,
): Promise<string | undefined> {
  if (overlapGeneration === undefined || kladr === null) return undefined
  const [row] = await database.query<{ id: string }>(
    `select id from ${placeTableNames(overlapGeneration).places} where twin and kladr = $1 order by place limit 1`,
    [kladr],
  )
  return row?.id
}
