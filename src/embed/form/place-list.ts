import type { PlaceListComponent } from '../../ui/form-view.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'
import { normalizeRelay } from '../source/relay-address.ts'

/** Creates the function that loads a form's list of places. All fields of the form share one list. */
export function createPlaceListLoader({ relay = '', places }: ParsedOptions, adopt: (css: string) => void) {
  let List: PlaceListComponent | undefined
  let reported = false
  return async (): Promise<PlaceListComponent> => {
    const { createPlaceListChunk } = await import('./place-list.chunk.ts').catch((error: unknown) => {
      // Every field of a place loads it.
      if (!reported) report('the list of places could not be loaded', error)
      reported = true
      throw error
    })
    if (List) return List
    const chunk = createPlaceListChunk({
      relay: relay && normalizeRelay(relay),
      places,
      fetch: (url, init) => fetch(url, init),
      onProblems: (problems) => report(`option "places" (attribute data-places): ${problems.join('; ')}`),
    })
    adopt(chunk.css)
    return (List = chunk.List)
  }
}
