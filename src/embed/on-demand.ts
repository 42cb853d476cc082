/** Loads the list of places. The landing page script has its own way: `on-demand-script.ts`. */
export const loadPlaceList = (_relay: string) => import('./place-part.ts')

/** Loads English. */
export const loadEnglish = (_relay: string) => import('./english-part.ts')

/** Loads what replaces texts by the page's own. */
export const loadMessages = (_relay: string) => import('./messages-part.ts')

/** Loads the styles of themes and looks. */
export const loadLooks = (_relay: string) => import('./looks-part.ts')

/** Loads the step that asks for the code from a message. */
export const loadVerification = (_relay: string) => import('./verification-part.ts')
