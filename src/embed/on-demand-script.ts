import type * as modules from './on-demand.ts'
import { partLoader } from './part-loader.ts'

/** Loads the list of places from a file of its own. The landing page script has this in place of `on-demand.ts`. */
export const loadPlaceList: typeof modules.loadPlaceList = partLoader('places')

/** Loads English. */
export const loadEnglish: typeof modules.loadEnglish = partLoader('en')

/** Loads what replaces texts by the page's own. */
export const loadMessages: typeof modules.loadMessages = partLoader('messages')

/** Loads the styles of themes and looks. */
export const loadLooks: typeof modules.loadLooks = partLoader('looks')

/** Loads the step that asks for the code from a message. */
export const loadVerification: typeof modules.loadVerification = partLoader('verification')
