import { isCityKladr, isRegionKladr } from '../fields/kladr.ts'
import type { ListedCity, ListedRegion, PlaceList } from './place-list.ts'

/** A list, or what is wrong with it: a path and what was expected there, never what stood there. */
export type ParsedPlaceList = { readonly list: PlaceList } | { readonly problems: readonly string[] }

/** Reads a page's own list of places from parsed JSON: a {@link PlaceList}, or a bare list of its cities. */
export function parsePlaceList(candidate: unknown): ParsedPlaceList {
  const problems: string[] = []
  const given: Loose = Array.isArray(candidate) ? { cities: candidate } : Object(candidate)
  const expect = (holds: boolean, path: string, what: string): void => {
    if (!holds) problems.push(`${path}: expected ${what}`)
  }
  const items = (list: unknown, path: string, check: (item: Loose, path: string) => void): void => {
    expect(Array.isArray(list), path, 'a list')
    for (const [index, item] of Array.isArray(list) ? list.entries() : []) {
      const place = `${path}.${index}`
      const entry: Loose = typeof item === 'string' ? { name: item } : Object(item)
      expect(isText(entry.name), typeof item === 'string' ? place : `${place}.name`, 'a name')
      check(entry, place)
    }
  }
  items(given.cities, 'cities', ({ region, kladr, type, population }, path) => {
    expect(region === undefined || isText(region), `${path}.region`, "a region's name")
    expect(
      isCode(kladr, isCityKladr),
      `${path}.kladr`,
      `a city's code of 13 digits in quotes, such as "7200000100000"`,
    )
    expect(type === undefined || typeof type === 'string', `${path}.type`, 'a short type, such as "г"')
    expect(population === undefined || isCount(population), `${path}.population`, 'a whole number')
  })
  if (given.regions !== undefined) {
    items(given.regions, 'regions', ({ kladr }, path) => {
      expect(
        isCode(kladr, isRegionKladr),
        `${path}.kladr`,
        `a region's code of 13 digits in quotes, such as "7200000000000"`,
      )
    })
  }
  return problems.length > 0 ? { problems } : { list: given as PlaceList }
}

/** A list that has not been checked. */
type Loose = { readonly [Key in keyof PlaceList | keyof ListedCity | keyof ListedRegion]?: unknown }

function isText(candidate: unknown): boolean {
  return typeof candidate === 'string' && candidate.trim() !== ''
}

function isCode(candidate: unknown, isRight: (code: string) => boolean): boolean {
  return candidate === undefined || (typeof candidate === 'string' && isRight(candidate))
}

function isCount(candidate: unknown): boolean {
  return typeof candidate === 'number' && Number.isInteger(candidate) && candidate >= 0
}
