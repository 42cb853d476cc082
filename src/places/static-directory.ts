import { isCityKladr } from '../fields/kladr.ts'
import type { PlaceDirectory } from './place-directory.ts'
import type { ListedCity, PlaceList } from './place-list.ts'
import type { City, Region } from './place.ts'
import { createCitySearch } from './rank-cities.ts'
import { subjectOf } from './subject-of.ts'
import { subjects } from './subjects.ts'

/** The directory of a page's own list. All of it is at hand: every answer is complete. */
export function createStaticDirectory(list: PlaceList): PlaceDirectory {
  const regions = new Map<string, Region>()
  for (const item of list.regions ?? subjects) regionOf(typeof item === 'string' ? { name: item } : item)
  const cities = list.cities.map((item, index) =>
    cityOf(typeof item === 'string' ? { name: item } : item, index),
  )

  /** One region for all names of a subject; other regions are known by their names. */
  function regionOf({ name, kladr = subjectOf(name)?.kladr }: Omit<Region, 'id'>): Region {
    const key = kladr ?? name
    const known = regions.get(key)
    if (known) return known
    const id = kladr === undefined ? `list:${regions.size + 1}` : `kladr:${kladr}`
    const region = { id, name: subjectOf(name)?.name ?? name, kladr }
    regions.set(key, region)
    return region
  }

  function cityOf(listed: ListedCity, index: number): City {
    const { name, type = 'г', population } = listed
    const subject = listed.region === undefined ? subjectAround(listed) : { name: listed.region }
    const region = subject && regionOf(subject)
    const own = region?.kladr !== undefined && isCityKladr(region.kladr) && region.name === name
    const kladr = listed.kladr ?? (own ? region.kladr : undefined)
    const id = kladr === undefined ? `list:${index + 1}` : `kladr:${kladr}`
    return { id, name, type, regionId: region?.id ?? '', region: region?.name ?? '', kladr, population }
  }

  const searches = new Map<string | undefined, ReturnType<typeof createCitySearch>>()
  function searchIn(region: string | undefined): ReturnType<typeof createCitySearch> {
    const known = searches.get(region)
    if (known) return known
    // Where the list does not tell a city's region, it may be any.
    const own = cities.filter(({ regionId }) => region === undefined || ['', region].includes(regionId))
    const search = createCitySearch(own)
    searches.set(region, search)
    return search
  }

  return {
    async regions() {
      return [...regions.values()]
    },
    async cities({ region, text = '' }) {
      return { cities: searchIn(region)(text, Infinity), complete: true }
    },
  }
}

/** The subject that a city's code is of, or that is the city itself. */
function subjectAround({ name, kladr = '' }: ListedCity): Region | undefined {
  const code = kladr.slice(0, 2)
  return subjects.find((subject) => {
    const own = subject.kladr ?? ''
    return kladr === '' ? subject.name === name && isCityKladr(own) : own.startsWith(code)
  })
}
