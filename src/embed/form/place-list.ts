import type { PlaceListComponent } from '../../ui/form-view.ts'
import { loadPlaceList } from '../on-demand.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'

/** How a form gets its list of places, which is one list for all of its fields. */
export function createPlaceListLoader({ relay = '', places }: ParsedOptions, adopt: (css: string) => void) {
  let List: PlaceListComponent | undefined
  return async (): Promise<PlaceListComponent> => {
    const { createPlaceListChunk: createPlacePart } = await loadPlaceList(relay)
    if (List) return List
    const part = createPlacePart({
      relay,
      places,
      fetch: (url, init) => fetch(url, init),
      onProblems: (problems) => report(`option "places" (attribute data-places): ${problems.join('; ')}`),
    })
    adopt(part.css)
    return (List = part.List)
  }
}
