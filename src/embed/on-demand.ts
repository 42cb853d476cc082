/** Loads the list of places. The landing page script has its own way: `on-demand-script.ts`. */
export const loadPlaceList = (_relay: string) => import('./place-part.ts')
