import { isCityKladr } from '../fields/place/kladr.ts'
import type { PlaceDirectory } from './place-directory.ts'
import type { StaticCity, StaticPlaceList } from './static-place-list.ts'
import type { City, Region } from './place.ts'
import { createCitySearch } from './place-search.ts'
import { federalSubjects, findFederalSubject } from './federal-subjects.ts'

/** Creates a directory from a page's own list. All its answers are complete. */
export function createStaticDirectory(list: StaticPlaceList): PlaceDirectory {
  const regions = new Map<string, Region>()
  for (const item of list.regions ?? federalSubjects)
    regionOf(typeof item === 'string' ? { name: item } : item)
  const cities = list.cities.map((item, index) =>
    cityOf(typeof item === 'string' ? { name: item } : item, index),
  )

  /** All names of a federal subject give the same region. Other regions are identified by name. */
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
    // A city without a region in the list may be in any region.
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

/** The federal subject of a city's code, or the one that is the city itself. */
function subjectOfCity({ name, kladr = '' }: StaticCity): Region | undefined {
  const code = kladr.slice(0, 2)
  return federalSubjects.find((subject) => {
    const own = subject.kladr ?? ''
    return kladr === '' ? subject.name === name && isCityKladr(own) : own.startsWith(code)
  })
}
