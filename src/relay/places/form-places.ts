import type { Region } from '../../places/place.ts'
import { federalSubjects } from '../../places/federal-subjects.ts'
import type { SearchScope } from './candidates.ts'
import type { Generation, PlaceSnapshot } from './generations/generation.ts'

/** The places of one form: the imported directory and the list of the form's provider, merged. */
export interface FormPlaces {
  /** Changes with the content. */
  readonly contentVersion: string
  readonly regions: readonly Region[]
  /** Whether there are any cities. */
  readonly hasCities: boolean
  /** The generations to search for cities. */
  readonly scopes: readonly SearchScope[]
  /** The provider's generation, if imported places may have ids in it, too. */
  readonly overlapGeneration: number | undefined
  /** Finds a region by its id, or by its id in either list. */
  findRegion(id: string): Region | undefined
  /** The ids with which cities refer to a region. */
  findRegionIds(region: Region): readonly string[]
}

/** Merges the imported directory with a provider's list. `source` names the list, if the provider has one. */
export function mergePlaces({ kladr, lists }: PlaceSnapshot, source: string | undefined): FormPlaces {
  const list = source === undefined ? undefined : lists.get(source)
  const { regions, regionsById } = mergeRegions(kladr, list)
  return {
    // A new database numbers its generations from 1 again, so the time is needed, too.
    contentVersion: [kladr, list]
      .map((one) => (one ? `${one.generation}.${one.switchedAt.getTime().toString(36)}` : '0'))
      .join('-'),
    regions,
    hasCities: (kladr?.cities ?? 0) + (list?.cities ?? 0) > 0,
    scopes: [
      ...(kladr ? [{ ...toSearchScope(kladr), excludeOverlap: false }] : []),
      ...(list ? [{ ...toSearchScope(list), excludeOverlap: kladr !== undefined }] : []),
    ],
    overlapGeneration: kladr && list?.generation,
    findRegion: (id) => regionsById.get(id),
    findRegionIds: (region) => [...regionsById].flatMap(([id, one]) => (one === region ? [id] : [])),
  }
}

function toSearchScope({
  generation,
  commonPrefixes,
}: Generation): Pick<SearchScope, 'generation' | 'commonPrefixes'> {
  return { generation, commonPrefixes }
}

/** A region of both lists has the provider's id, which the provider needs, and the name in the imported directory. */
function mergeRegions(kladr: Generation | undefined, list: Generation | undefined) {
  if (!kladr && !list) return { regions: federalSubjects, regionsById: indexRegions(federalSubjects) }
  const imported = kladr?.regions ?? []
  const listed = list?.regions ?? []
  const both = imported.map((region) => {
    const same = listed.find((one) => one.kladr === region.kladr)
    return same ? { ...region, id: same.id } : region
  })
  const usedIds = new Set(both.map(({ id }) => id))
  const regions = [...both, ...listed.filter(({ id }) => !usedIds.has(id))]
  const regionsById = indexRegions(regions)
  for (const region of listed) {
    // A list may have a region twice, under two names.
    const same = both.find(({ kladr: code }) => code !== undefined && code === region.kladr)
    if (same && !regionsById.has(region.id)) regionsById.set(region.id, same)
  }
  return { regions, regionsById }
}

/** Regions by id, and by the id that the imported directory would give them (`kladr:` and the code). */
function indexRegions(regions: readonly Region[]): Map<string, Region> {
  return new Map([
    ...regions.flatMap((region): [string, Region][] =>
      region.kladr === undefined ? [] : [[`kladr:${region.kladr}`, region]],
    ),
    ...regions.map((region): [string, Region] => [region.id, region]),
  ])
}
