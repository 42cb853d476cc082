import { isCityKladr } from '../fields/place/kladr.ts'
import { createCitySearch, searchRegions } from './place-search.ts'
import { findEnglishRegion } from './english-names.ts'
import { matchesName } from './query-variants.ts'
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
  /** The only region with exactly this name, in Russian or Latin letters. */
  findRegionByName(text: string): Promise<Region | undefined>
  /**
   * The only city with exactly this name, in Russian or Latin letters, and in the region if one is given. A city that is a
   * region itself precedes its namesakes.
   */
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
 * Creates a finder. It searches locally when the directory has returned a complete list. Otherwise it queries the directory:
 * at once after a pause of `pauseMs` milliseconds, and after such a pause while a person goes on typing.
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
      list.find((region) => region.id === id || (kladr && region.kladr === kladr)) ?? findRegion(list, name)
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
  const waitForPause = createTypingPause(pauseMs)
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
    await waitForPause(signal)
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

  /** What `find` returns, or the cities that are regions themselves if it fails or finds none in an incomplete list. */
  async function withCityRegions(
    typed: string,
    signal: AbortSignal,
    find: () => Promise<readonly City[]>,
  ): Promise<readonly City[]> {
    const builtIn = typed === '' ? [] : createCitySearch(cityRegions)(typed, maxResults)
    try {
      const found = await find()
      return found.length > 0 || typed === '' || (await allCitiesIn('')).complete ? found : builtIn
    } catch (error) {
      if (builtIn.length === 0 || signal.aborted) throw error
      return builtIn
    }
  }

  return {
    async regions(text) {
      return searchRegions(await allRegions(), text)
    },
    async cities(text, hint, signal) {
      const typed = text.trim()
      return withCityRegions(typed, signal, async () => {
        const region = await regionOf(hint)
        const found = region ? await citiesIn(region.id, typed, signal) : []
        // The person may have chosen the wrong region.
        return found.length > 0 || (region && typed === '') ? found : citiesIn('', typed, signal)
      })
    },
    async findRegionByName(text) {
      return findRegion(await allRegions(), text)
    },
    async findCityByName(text, hint, signal) {
      const region = await regionOf(hint)
      if (hint.name !== '' && !region) return undefined
      const typed = text.trim()
      const found = await withCityRegions(typed, signal, () => citiesIn(region?.id ?? '', typed, signal))
      return findByName(
        region ? found.filter((city) => !cityRegions.includes(city) || city.kladr === region.kladr) : found,
        typed,
      )
    },
  }
}

function findRegion(list: readonly Region[], text: string): Region | undefined {
  return findByName(list, text) ?? findEnglishRegion(list, text)
}

/** The only place with exactly this name, or the only one that is a city and a region at once. */
export function findByName<Place extends Region | City>(
  list: readonly Place[],
  text: string,
): Place | undefined {
  const isNamed = matchesName(text)
  const matches = list.filter(({ name }) => isNamed(name))
  const isOwnRegion = (place: Region | City): boolean =>
    'region' in place && place.region === place.name && cityRegions.some(({ name }) => name === place.name)
  const [found, ...more] = matches.length > 1 ? matches.filter(isOwnRegion) : matches
  return more.length > 0 ? undefined : found
}

/**
 * Creates the function that waits until there has been a pause, unless there was one before the call. It rejects if the person
 * has typed on.
 */
export function createTypingPause(ms: number): (signal: AbortSignal) => Promise<void> {
  let pausesAt = -Infinity
  return async (signal) => {
    const isTyping = performance.now() < pausesAt
    pausesAt = performance.now() + ms
    if (isTyping) await new Promise((resolve) => setTimeout(resolve, ms))
    if (signal.aborted) throw new Error('aborted: the text has changed')
  }
}
