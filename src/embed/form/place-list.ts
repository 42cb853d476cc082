import type { PlaceListComponent } from '../../ui/places/place-list.tsx'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'

/** How a form gets its list of places, which is one list for all of its fields. */
export function createPlaceListLoader({ relay = '', places }: ParsedOptions, adopt: (css: string) => void) {
  let List: PlaceListComponent | undefined
  return async (): Promise<PlaceListComponent> => {
    const { createPlaceListChunk } = await import('./place-list.chunk.ts')
    if (List) return List
    const part = createPlaceListChunk({
      relay,
      places,
      fetch: (url, init) => fetch(url, init),
      onProblems: (problems) => report(`option "places" (attribute data-places): ${problems.join('; ')}`),
    })
    adopt(part.css)
    return (List = part.List)
  }
}
