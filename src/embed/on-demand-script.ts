import type * as modules from './on-demand.ts'
import { partLoader } from './part-loader.ts'

/** Loads the list of places from a file of its own. The landing page script has this in place of `on-demand.ts`. */
export const loadPlaceList: typeof modules.loadPlaceList = partLoader('places')

/** Loads what a form without a relay needs: adapters, and what reads a definition. */
export const loadStandalone: typeof modules.loadStandalone = partLoader('providers')

/** Loads test mode. */
export const loadTestMode: typeof modules.loadTestMode = partLoader('test')

/** Loads the step that asks for the code from a message. */
export const loadVerification: typeof modules.loadVerification = partLoader('verification')
