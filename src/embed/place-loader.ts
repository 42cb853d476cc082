import type { PlaceListComponent } from '../ui/place-list.tsx'
import { loadPlaceList } from './on-demand.ts'
import { adoptStyles } from './styles.ts'

/** How a form gets its list of places, which is one list for all of its fields. */
export function createPlaceLoader(relay: string, places: unknown, root: Document | ShadowRoot) {
  let List: PlaceListComponent | undefined
  return async (): Promise<PlaceListComponent> => {
    const { createPlacePart } = await loadPlaceList(relay)
    if (List) return List
    const part = createPlacePart({
      relay,
      places,
      fetch: (url, init) => fetch(url, init),
      onProblems: (problems) =>
        console.error(`Anketa: option "places" (attribute data-places): ${problems.join('; ')}`),
    })
    adoptStyles(root, part.css)
    return (List = part.List)
  }
}
