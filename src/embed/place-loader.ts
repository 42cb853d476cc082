import type { PlaceListComponent } from '../ui/place-list.tsx'
import { loadPlaceList } from './on-demand.ts'
import type { AnyOptions } from './options/options.ts'
import { tellAuthor } from './tell-author.ts'

/** How a form gets its list of places, which is one list for all of its fields. */
export function createPlaceLoader({ relay = '', places }: AnyOptions, adopt: (css: string) => void) {
  let List: PlaceListComponent | undefined
  return async (): Promise<PlaceListComponent> => {
    const { createPlacePart } = await loadPlaceList(relay)
    if (List) return List
    const part = createPlacePart({
      relay,
      places,
      fetch: (url, init) => fetch(url, init),
      onProblems: (problems) => tellAuthor(`option "places" (attribute data-places): ${problems.join('; ')}`),
    })
    adopt(part.css)
    return (List = part.List)
  }
}
