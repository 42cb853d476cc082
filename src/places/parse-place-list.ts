import { isCityKladr, isRegionKladr } from '../fields/kladr.ts'
import type { ListedCity, ListedRegion, PlaceList } from './place-list.ts'

/** A list, or what is wrong with it: a path and what was expected there, never what stood there. */
export type ParsedPlaceList = { readonly list: PlaceList } | { readonly problems: readonly string[] }

/** Reads a page's own list of places from parsed JSON: a {@link PlaceList}, or a bare list of its cities. */
export function parsePlaceList(candidate: unknown): ParsedPlaceList {
  const given: Loose = Array.isArray(candidate) ? { cities: candidate } : Object(candidate)
  const problems = [
    ...problemsOf('cities', given.cities, isCityKladr),
    ...(given.regions === undefined ? [] : problemsOf('regions', given.regions, isRegionKladr)),
  ]
  return problems.length > 0 ? { problems } : { list: given as PlaceList }
}

/** A list that has not been checked. */
type Loose = { readonly [Key in keyof PlaceList | keyof ListedCity | keyof ListedRegion]?: unknown }

function problemsOf(path: string, list: unknown, isCode: (code: string) => boolean): readonly string[] {
  if (!Array.isArray(list)) return [`${path}: expected a list`]
  return list.flatMap((item: unknown, index) => {
    const { name, kladr, region, type, population }: Loose =
      typeof item === 'string' ? { name: item } : Object(item)
    const checks: readonly (readonly [key: string, holds: boolean, expected: string])[] = [
      ['name', typeof name === 'string' && name.trim() !== '', 'a name'],
      ['region', isTextOrLeftOut(region), 'a name'],
      ['type', isTextOrLeftOut(type), 'a text'],
      [
        'kladr',
        kladr === undefined || (typeof kladr === 'string' && isCode(kladr)),
        `one of the ${path}' codes, 13 digits in quotes`,
      ],
      ['population', population === undefined || Number.isInteger(population), 'a whole number'],
    ]
    return checks.flatMap(([key, holds, expected]) =>
      holds ? [] : [`${path}.${index}.${key}: expected ${expected}`],
    )
  })
}

function isTextOrLeftOut(candidate: unknown): boolean {
  return candidate === undefined || typeof candidate === 'string'
}
