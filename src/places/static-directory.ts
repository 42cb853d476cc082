import { createCitySearch } from './rank-cities.ts'
import type { PlaceDirectory } from './place-directory.ts'
import type { ListedCity, PlaceList } from './place-list.ts'
import type { City, Region } from './place.ts'
import { subjectOf } from './subject-of.ts'
import { subjects } from './subjects.ts'

/** The directory of a page's own list: all of it is at hand, so every answer is complete. */
export function createStaticDirectory(list: PlaceList): PlaceDirectory {
  const known = new Map<string, Region>()
  const regionNamed = (name: string, kladr?: string): Region => {
    const subject = subjectOf(name)
    const code = kladr ?? subject?.kladr
    const id = code === undefined ? `list:${known.size + 1}` : `kladr:${code}`
    const region = known.get(id) ?? known.get(name) ?? { id, name: subject?.name ?? name, kladr: code }
    known.set(code === undefined ? name : id, region)
    return region
  }
  for (const region of list.regions ?? subjects) {
    if (typeof region === 'string') regionNamed(region)
    else regionNamed(region.name, region.kladr)
  }
  const cities = list.cities.map((item, index): City => {
    const listed: ListedCity = typeof item === 'string' ? { name: item } : item
    const { name, type = 'г', population } = listed
    const own = subjects.find(
      (subject) => subject.kladr === listed.kladr || (!listed.region && subject.name === name),
    )
    const area = subjects.find((subject) => subject.kladr?.slice(0, 2) === listed.kladr?.slice(0, 2))
    const region = listed.region === undefined ? (own ?? area) : regionNamed(listed.region)
    const kladr = listed.kladr ?? own?.kladr
    return {
      id: kladr === undefined ? `list:${index + 1}` : `kladr:${kladr}`,
      name,
      type,
      regionId: region?.id ?? '',
      region: region?.name ?? '',
      kladr,
      population,
    }
  })
  const searches = new Map<string | undefined, ReturnType<typeof createCitySearch>>()
  return {
    async regions() {
      return [...known.values()]
    },
    async cities({ region, text = '' }) {
      const search =
        searches.get(region) ??
        createCitySearch(region === undefined ? cities : cities.filter(({ regionId }) => regionId === region))
      searches.set(region, search)
      return { cities: search(text, Infinity), complete: true }
    },
  }
}
