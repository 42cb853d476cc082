import { isCityKladr } from '../fields/place/kladr.ts'
import { createCitySearch, searchRegions } from './place-search.ts'
import { foldPlaceName } from './fold-place.ts'
import type { CityAnswer, PlaceDirectory } from './place-directory.ts'
import type { City, Region } from './place.ts'
import { federalSubjects } from './federal-subjects.ts'

/** What is known of the region in which a city is looked for: what was typed, and the codes that a choice brought. */
export interface RegionHint {
  readonly name: string
  readonly id?: string | undefined
  readonly kladr?: string | undefined
}

/** Finds places as a person types. Rejects when the directory cannot tell. */
export interface PlaceFinder {
  /** Regions, best first; the federal subjects where the directory tells none. */
  regions(text: string): Promise<readonly Region[]>
  /**
   * Cities, best first: of the region where it is known and has any. Where the directory cannot tell, or has none and
   * does not say that there are no others, the cities that are regions themselves.
   */
  cities(text: string, hint: RegionHint, signal: AbortSignal): Promise<readonly City[]>
  /** The one region of exactly this name. */
  findRegionByName(text: string): Promise<Region | undefined>
  /** The one city of exactly this name, in the region if one is given. */
  findCityByName(text: string, hint: RegionHint, signal: AbortSignal): Promise<City | undefined>
}

/** So many are shown of what matches a text; nobody reads more. */
const maxResults = 100
/** Queries that are remembered. */
const maxCachedQueries = 50

/** Cities that are regions themselves, which are known without a directory. */
const cityRegions = federalSubjects
  .filter(({ kladr = '' }) => isCityKladr(kladr))
  .map((subject): City => ({ ...subject, type: 'г', regionId: subject.id, region: subject.name }))

/**
 * Searches a directory at once where it has given out all that there is, and asks it otherwise, after a pause (in
 * milliseconds) in which the person may type on.
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

  /** What the directory has without a text, by region; `search` looks through it, if that is all there is. */
  const wholes = new Map<
    string,
    Promise<CityAnswer & { readonly search: ReturnType<typeof createCitySearch> }>
  >()
  function wholeOf(region: string) {
    const known = wholes.get(region)
    if (known) return known
    const asked = directory.cities(region ? { region } : {}).then((answer) => ({
      ...answer,
      search: createCitySearch(answer.complete ? answer.cities : []),
    }))
    wholes.set(region, asked)
    asked.catch(() => wholes.delete(region))
    return asked
  }

  const answers = new Map<string, CityAnswer>()
  async function ask(region: string, text: string, signal: AbortSignal): Promise<readonly City[]> {
    const key = (typed: string): string => `${region}|${typed}`
    const known = answers.get(key(text))
    if (known) return known.cities
    for (let length = text.length - 1; length > 0; length -= 1) {
      const shorter = answers.get(key(text.slice(0, length)))
      const within = shorter?.complete ? createCitySearch(shorter.cities)(text, maxResults) : []
      // A slip in what was typed since may have left the right one out of a shorter text's answer.
      if (within.length > 0) return within
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
    const whole = await wholeOf(region)
    if (text === '') return whole.cities
    return whole.complete ? whole.search(text, maxResults) : ask(region, text, signal)
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
        // Whoever does not find a city where they looked for it may be wrong about the region.
        if (found.length === 0 && !(region && typed === '')) found = await citiesIn('', typed, signal)
        return found.length > 0 || typed === '' || (await wholeOf('')).complete ? found : builtIn
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
  const wanted = foldPlaceName(text)
  const [found, ...more] = list.filter(({ name }) => foldPlaceName(name) === wanted)
  return more.length > 0 ? undefined : found
}

async function delay(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
  if (signal.aborted) throw new Error('aborted: the person has typed on')
}
