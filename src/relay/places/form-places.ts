import type { Region } from '../../places/place.ts'
import { federalSubjects } from '../../places/federal-subjects.ts'
import type { SearchScope } from './candidates.ts'
import type { Generation, PlaceSnapshot } from './generation.ts'

/** The places of one form: what is imported and what its provider lists, as one directory. */
export interface FormPlaces {
  /** Changes with the content. */
  readonly contentVersion: string
  readonly regions: readonly Region[]
  /** Whether there are cities at all. */
  readonly hasCities: boolean
  /** Where to look for cities. */
  readonly scopes: readonly SearchScope[]
  /** The list in which an imported place may have an id, too. */
  readonly overlapGeneration: number | undefined
  /** The region that an id means: its own or the id of either list. */
  findRegion(id: string): Region | undefined
  /** The ids by which cities name a region. */
  findRegionIds(region: Region): readonly string[]
}

/** What a form may choose from, by the lists that are in use; `source` names its provider's list, if it has one. */
export function mergePlaces({ kladr, lists }: PlaceSnapshot, source: string | undefined): FormPlaces {
  const list = source === undefined ? undefined : lists.get(source)
  const { regions, named } = mergeRegions(kladr, list)
  return {
    // Numbers begin anew in another database, moments do not.
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
    findRegion: (id) => named.get(id),
    findRegionIds: (region) => [...named].flatMap(([id, one]) => (one === region ? [id] : [])),
  }
}

function toSearchScope({
  generation,
  commonPrefixes,
}: Generation): Pick<SearchScope, 'generation' | 'commonPrefixes'> {
  return { generation, commonPrefixes }
}

/** A region of both lists goes by the provider's id, for only the provider needs ids, and by the name that people know. */
function mergeRegions(kladr: Generation | undefined, list: Generation | undefined) {
  if (!kladr && !list) return { regions: federalSubjects, named: indexRegions(federalSubjects) }
  const imported = kladr?.regions ?? []
  const listed = list?.regions ?? []
  const both = imported.map((region) => {
    const twin = listed.find((one) => one.kladr === region.kladr)
    return twin ? { ...region, id: twin.id } : region
  })
  const taken = new Set(both.map(({ id }) => id))
  const regions = [...both, ...listed.filter(({ id }) => !taken.has(id))]
  const named = indexRegions(regions)
  for (const region of listed) {
    // A list may have a region twice, under two names.
    const twin = both.find(({ kladr: code }) => code !== undefined && code === region.kladr)
    if (twin && !named.has(region.id)) named.set(region.id, twin)
  }
  return { regions, named }
}

/** Regions by their ids, and by what their codes make of them. */
function indexRegions(regions: readonly Region[]): Map<string, Region> {
  return new Map([
    ...regions.flatMap((region): [string, Region][] =>
      region.kladr === undefined ? [] : [[`kladr:${region.kladr}`, region]],
    ),
    ...regions.map((region): [string, Region] => [region.id, region]),
  ])
}
