import { createRelayDepartments, createRelayPlaces, createRelayStreets } from '../../delivery/relay-places.ts'
import type { Fetch } from '../../delivery/send-http.ts'
import { parseStaticPlaceList } from '../../places/parse-static-place-list.ts'
import type { PlaceDirectory } from '../../places/place-directory.ts'
import { createPlaceFinder } from '../../places/place-finder.ts'
import { createStaticDirectory } from '../../places/static-directory.ts'
import { createStreetFinder } from '../../places/streets/street-finder.ts'
import css from '../../themes/place-list.css?inline'
import { createPlaceList } from '../../ui/places/place-list.tsx'

/** What the list of places needs. */
export interface PlaceListOptions {
  readonly relay: string
  /** The page's own list, unchecked. It is used instead of the relay's. */
  readonly places: unknown
  readonly fetch: Fetch
  /** Called with what is wrong with the page's own list. */
  readonly onProblems: (problems: readonly string[]) => void
}

/** Creates the list of places with its directory, and its styles. Loaded on demand. */
export function createPlaceListChunk({ relay, places, fetch, onProblems }: PlaceListOptions) {
  const parsed = places === undefined ? undefined : parseStaticPlaceList(places)
  if (parsed && 'problems' in parsed) onProblems(parsed.problems)
  const directory: PlaceDirectory =
    parsed && 'list' in parsed ? createStaticDirectory(parsed.list) : createRelayPlaces(relay, fetch)
  const List = createPlaceList(
    createPlaceFinder(directory),
    createRelayDepartments(relay, fetch),
    createStreetFinder(createRelayStreets(relay, fetch)),
  )
  return { List, css }
}
