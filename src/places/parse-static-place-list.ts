import { isCityKladr, isRegionKladr } from '../fields/place/kladr.ts'
import type { StaticCity, StaticPlaceList, StaticRegion } from './static-place-list.ts'

/** A list, or its problems: a path and what was expected there, never the value. */
export type ParsedStaticPlaceList =
  | { readonly list: StaticPlaceList }
  | { readonly problems: readonly string[] }

/** Parses a page's own list of places: a {@link StaticPlaceList} as parsed JSON, or an array of its cities. */
export function parseStaticPlaceList(candidate: unknown): ParsedStaticPlaceList {
  const list: UncheckedPlaceList = Array.isArray(candidate) ? { cities: candidate } : Object(candidate)
  const problems = [
    ...findListProblems('cities', list.cities, isCityKladr),
    ...(list.regions === undefined ? [] : findListProblems('regions', list.regions, isRegionKladr)),
  ]
  return problems.length > 0 ? { problems } : { list: list as StaticPlaceList }
}

/** A list that is not validated yet. */
type UncheckedPlaceList = {
  readonly [Key in keyof StaticPlaceList | keyof StaticCity | keyof StaticRegion]?: unknown
}

function findListProblems(path: string, list: unknown, isCode: (code: string) => boolean): readonly string[] {
  if (!Array.isArray(list)) return [`${path}: expected a list`]
  return list.flatMap((item: unknown, index) => {
    const { name, kladr, region, type, population }: UncheckedPlaceList =
      typeof item === 'string' ? { name: item } : Object(item)
    const checks: readonly (readonly [key: string, holds: boolean, expected: string])[] = [
      ['name', typeof name === 'string' && name.trim() !== '', 'a name'],
      ['region', isOptionalText(region), 'a name'],
      ['type', isOptionalText(type), 'a text'],
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

function isOptionalText(candidate: unknown): boolean {
  return candidate === undefined || typeof candidate === 'string'
}
