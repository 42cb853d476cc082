import { isCityKladr } from '../fields/place/kladr.ts'
import type { PlaceDirectory } from './place-directory.ts'
import type { StaticCity, StaticPlaceList } from './static-place-list.ts'
import type { City, Region } from './place.ts'
import { createCitySearch } from './place-search.ts'
import { federalSubjects, findFederalSubject } from './federal-subjects.ts'

/** The directory of a page's own list. All of it is at hand: every answer is complete. */
export function createStaticDirectory(list: StaticPlaceList): PlaceDirectory {
  const regions = new Map<string, Region>()
  for (const item of list.regions ?? federalSubjects)
    regionOf(typeof item === 'string' ? { name: item } : item)
  const cities = list.cities.map((item, index) =>
    cityOf(typeof item === 'string' ? { name: item } : item, index),
  )

  /** One region for all names of a subject; other regions are known by their names. */
  function regionOf({ name, kladr = findFederalSubject(name)?.kladr }: Omit<Region, 'id'>): Region {
    const key = kladr ?? name
    const known = regions.get(key)
    if (known) return known
    const id = kladr === undefined ? `list:${regions.size + 1}` : `kladr:${kladr}`
    const region = { id, name: findFederalSubject(name)?.name ?? name, kladr }
    regions.set(key, region)
    return region
  }

  function cityOf(listed: StaticCity, index: number): City {
    const { name, type = 'г', population } = listed
    const subject = listed.region === undefined ? subjectOfCity(listed) : { name: listed.region }
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
function subjectOfCity({ name, kladr = '' }: StaticCity): Region | undefined {
  const code = kladr.slice(0, 2)
  return federalSubjects.find((subject) => {
    const own = subject.kladr ?? ''
    return kladr === '' ? subject.name === name && isCityKladr(own) : own.startsWith(code)
  })
}
