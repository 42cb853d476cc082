import type * as modules from './on-demand.ts'
import { partLoader } from './part-loader.ts'

/** Loads the list of places: a file of its own beside the script. The build puts this in place of `on-demand.ts`. */
export const loadPlaceList = partLoader<Awaited<ReturnType<typeof modules.loadPlaceList>>>('places')
