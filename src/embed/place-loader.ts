import type { PlaceListComponent } from '../ui/place-list.tsx'
import { loadPlaceList } from './on-demand.ts'
import { adoptStyles } from './styles.ts'

/** How a form gets its list of places: once, when it is asked for, and again only when that failed. */
export function createPlaceLoader(relay: string, places: unknown, root: Document | ShadowRoot) {
  let loading: Promise<PlaceListComponent> | undefined
  const load = async (): Promise<PlaceListComponent> => {
    const { createPlacePart } = await loadPlaceList(relay)
    const { List, css } = createPlacePart({
      relay,
      places,
      fetch: (url, init) => fetch(url, init),
      onProblems: (problems) =>
        console.error(`Anketa: option "places" (attribute data-places): ${problems.join('; ')}`),
    })
    adoptStyles(root, css)
    return List
  }
  return (): Promise<PlaceListComponent> =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    }))
}
