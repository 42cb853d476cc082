import { createRelayPlaces } from '../../delivery/relay-places.ts'
import type { Fetch } from '../../delivery/send-http.ts'
import { parseStaticPlaceList } from '../../places/parse-static-place-list.ts'
import type { PlaceDirectory } from '../../places/place-directory.ts'
import { createPlaceFinder } from '../../places/place-finder.ts'
import { createStaticDirectory } from '../../places/static-directory.ts'
import css from '../../themes/place-list.css?inline'
import { createPlaceList } from '../../ui/places/place-list.tsx'

/** What the list of places is made from. */
export interface PlaceListOptions {
  readonly relay: string
  /** The page's own list, unchecked; it goes before the relay. */
  readonly places: unknown
  readonly fetch: Fetch
  /** Told what is wrong with the page's own list. */
  readonly onProblems: (problems: readonly string[]) => void
}

/** The part of the script that is loaded on demand: the list of places, its styles, and where the places come from. */
export function createPlaceListChunk({ relay, places, fetch, onProblems }: PlaceListOptions) {
  const given = places === undefined ? undefined : parseStaticPlaceList(places)
  if (given && 'problems' in given) onProblems(given.problems)
  const directory: PlaceDirectory =
    given && 'list' in given ? createStaticDirectory(given.list) : createRelayPlaces(relay, fetch)
  return { List: createPlaceList(createPlaceFinder(directory)), css }
}
