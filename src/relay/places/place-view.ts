import type { Region } from '../../places/place.ts'
import { subjects } from '../../places/subjects.ts'
import type { Scope } from './find-candidates.ts'
import type { Generation, Snapshot } from './generation.ts'

/** The places of one form: what is imported and what its provider lists, as one directory. */
export interface PlaceView {
  /** Changes with the content. */
  readonly stamp: string
  readonly regions: readonly Region[]
  /** Whether there are cities at all. */
  readonly hasCities: boolean
  /** Where to look for cities. */
  readonly scopes: readonly Scope[]
  /** The list in which an imported place may have an id, too. */
  readonly twins: number | undefined
  /** The region that an id means: its own or the id of either list. */
  regionOf(id: string): Region | undefined
  /** The ids by which cities name a region. */
  idsOf(region: Region): readonly string[]
}

/** What a form may choose from, by the lists that are in use; `source` names its provider's list, if it has one. */
export function viewOf({ kladr, lists }: Snapshot, source: string | undefined): PlaceView {
  const list = source === undefined ? undefined : lists.get(source)
  const { regions, named } = mergeRegions(kladr, list)
  return {
    // Numbers begin anew in another database, moments do not.
    stamp: [kladr, list]
      .map((one) => (one ? `${one.generation}.${one.switchedAt.getTime().toString(36)}` : '0'))
      .join('-'),
    regions,
    hasCities: (kladr?.cities ?? 0) + (list?.cities ?? 0) > 0,
    scopes: [
      ...(kladr ? [{ ...scopeOf(kladr), withoutTwins: false }] : []),
      ...(list ? [{ ...scopeOf(list), withoutTwins: kladr !== undefined }] : []),
    ],
    twins: kladr && list?.generation,
    regionOf: (id) => named.get(id),
    idsOf: (region) => [...named].flatMap(([id, one]) => (one === region ? [id] : [])),
  }
}

function scopeOf({ generation, heads }: Generation): Pick<Scope, 'generation' | 'heads'> {
  return { generation, heads }
}

/** A region of both lists goes by the provider's id, for only the provider needs ids, and by the name that people know. */
function mergeRegions(kladr: Generation | undefined, list: Generation | undefined) {
  if (!kladr && !list) return { regions: subjects, named: byIds(subjects) }
  const imported = kladr?.regions ?? []
  const listed = list?.regions ?? []
  const both = imported.map((region) => {
    const twin = listed.find((one) => one.kladr === region.kladr)
    return twin ? { ...region, id: twin.id } : region
  })
  const taken = new Set(both.map(({ id }) => id))
  const regions = [...both, ...listed.filter(({ id }) => !taken.has(id))]
  const named = byIds(regions)
  for (const region of listed) {
    // A list may have a region twice, under two names.
    const twin = both.find(({ kladr: code }) => code !== undefined && code === region.kladr)
    if (twin && !named.has(region.id)) named.set(region.id, twin)
  }
  return { regions, named }
}

/** Regions by their ids, and by what their codes make of them. */
function byIds(regions: readonly Region[]): Map<string, Region> {
  return new Map([
    ...regions.flatMap((region): [string, Region][] =>
      region.kladr === undefined ? [] : [[`kladr:${region.kladr}`, region]],
    ),
    ...regions.map((region): [string, Region] => [region.id, region]),
  ])
}
