/** Loads the list of places. The landing page script has its own way: `on-demand-script.ts`. */
export const loadPlaceList = (_relay: string) => import('./place-part.ts')

/** Loads what a form without a relay needs: adapters, and what reads a definition. */
export const loadStandalone = (_relay: string) => import('./standalone.ts')

/** Loads test mode. */
export const loadTestMode = (_relay: string) => import('./test-part.ts')

/** Loads the step that asks for the code from a message. */
export const loadVerification = (_relay: string) => import('./verification-part.ts')
