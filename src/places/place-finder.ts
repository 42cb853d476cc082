import { isCityKladr } from '../fields/place/kladr.ts'
import { createCitySearch, searchRegions } from './place-search.ts'
import { foldPlaceName } from './fold-place.ts'
import type { CityAnswer, PlaceDirectory } from './place-directory.ts'
import type { City, Region } from './place.ts'
import { federalSubjects } from './federal-subjects.ts'

/** What is known about a city's region: its name as typed, and the codes from a choice in a list. */
export interface RegionHint {
  readonly name: string
  readonly id?: string | undefined
  readonly kladr?: string | undefined
}

/** Finds places while a person types. Rejects when the directory cannot answer. */
export interface PlaceFinder {
  /** Regions, best match first. The federal subjects if the directory returns none. */
  regions(text: string): Promise<readonly Region[]>
  /**
   * Cities, best match first, of the region if it is known and has any. If the directory fails, or returns none from an
   * incomplete list, the cities that are regions themselves.
   */
  cities(text: string, hint: RegionHint, signal: AbortSignal): Promise<readonly City[]>
  /** The only region with exactly this name. */
  findRegionByName(text: string): Promise<Region | undefined>
  /** The only city with exactly this name, in the region if one is given. */
  findCityByName(text: string, hint: RegionHint, signal: AbortSignal): Promise<City | undefined>
}

/** The most matches that are shown. */
const maxResults = 100
/** The most answers that are cached. */
const maxCachedQueries = 50

/** Cities that are regions themselves. They are known without a directory. */
const cityRegions = federalSubjects
  .filter(({ kladr = '' }) => isCityKladr(kladr))
  .map((subject): City => ({ ...subject, type: 'г', regionId: subject.id, region: subject.name }))

/**
 * Creates a finder. It searches locally when the directory has returned a complete list. Otherwise it queries the directory
 * after `pauseMs` milliseconds without typing.
 */
export function createPlaceFinder(directory: PlaceDirectory, pauseMs = 150): PlaceFinder {
  let regionList: Promise<readonly Region[]> | undefined
  const allRegions = (): Promise<readonly Region[]> =>
    (regionList ??= directory.regions().then(
      (list) => (list.length > 0 ? list : federalSubjects),
      () => {
        regionList = undefined
        return federalSubjects
      },
    ))

  async function regionOf({ name, id, kladr }: RegionHint): Promise<Region | undefined> {
    if (name === '') return undefined
    const list = await allRegions()
    return (
      list.find((region) => region.id === id || (kladr && region.kladr === kladr)) ?? findByName(list, name)
    )
  }

  /** Answers to queries without a text, by region. `search` searches a complete answer. */
  const regionAnswers = new Map<
    string,
    Promise<CityAnswer & { readonly search: ReturnType<typeof createCitySearch> }>
  >()
  function allCitiesIn(region: string) {
    const known = regionAnswers.get(region)
    if (known) return known
    const answer = directory.cities(region ? { region } : {}).then((found) => ({
      ...found,
      search: createCitySearch(found.complete ? found.cities : []),
    }))
    regionAnswers.set(region, answer)
    answer.catch(() => regionAnswers.delete(region))
    return answer
  }

  const answers = new Map<string, CityAnswer>()
  async function queryDirectory(region: string, text: string, signal: AbortSignal): Promise<readonly City[]> {
    const key = (query: string): string => `${region}|${query}`
    const known = answers.get(key(text))
    if (known) return known.cities
    for (let length = text.length - 1; length > 0; length -= 1) {
      const shorter = answers.get(key(text.slice(0, length)))
      const matches = shorter?.complete ? createCitySearch(shorter.cities)(text, maxResults) : []
      // No match may mean a typo in the new letters, so only matches are final.
      if (matches.length > 0) return matches
    }
    await delay(pauseMs, signal)
    const answer = await directory.cities({ region: region || undefined, text }, signal)
    answers.set(key(text), answer)
    for (const oldest of answers.keys()) {
      if (answers.size <= maxCachedQueries) break
      answers.delete(oldest)
    }
    return answer.cities
  }

  async function citiesIn(region: string, text: string, signal: AbortSignal): Promise<readonly City[]> {
    const all = await allCitiesIn(region)
    if (text === '') return all.cities
    return all.complete ? all.search(text, maxResults) : queryDirectory(region, text, signal)
  }

  const finder: PlaceFinder = {
    async regions(text) {
      return searchRegions(await allRegions(), text)
    },
    async cities(text, hint, signal) {
      const typed = text.trim()
      const builtIn = typed === '' ? [] : createCitySearch(cityRegions)(typed, maxResults)
      try {
        const region = await regionOf(hint)
        let found = region ? await citiesIn(region.id, typed, signal) : []
        // The person may have chosen the wrong region.
        if (found.length === 0 && !(region && typed === '')) found = await citiesIn('', typed, signal)
        return found.length > 0 || typed === '' || (await allCitiesIn('')).complete ? found : builtIn
      } catch (error) {
        if (builtIn.length === 0 || signal.aborted) throw error
        return builtIn
      }
    },
    async findRegionByName(text) {
      return findByName(await allRegions(), text)
    },
    async findCityByName(text, hint, signal) {
      const region = await regionOf(hint)
      if (hint.name !== '' && !region) return undefined
      return findByName(await citiesIn(region?.id ?? '', text.trim(), signal), text)
    },
  }
  return finder
}

function findByName<Place extends Region | City>(list: readonly Place[], text: string): Place | undefined {
  const target = foldPlaceName(text)
  const [found, ...more] = list.filter(({ name }) => foldPlaceName(name) === target)
  return more.length > 0 ? undefined : found
}

async function delay(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
  if (signal.aborted) throw new Error('aborted: the text has changed')
}
