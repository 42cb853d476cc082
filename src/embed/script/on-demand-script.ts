import type * as modules from '../on-demand.ts'
import { partLoader } from './part-loader.ts'

// The landing page script has this in place of `on-demand.ts`: every part is a file of its own.

/** Loads the list of places. */
export const loadPlaceList: typeof modules.loadPlaceList = partLoader('places')

/** Loads what a form without a relay needs: adapters, and what reads a definition. */
export const loadStandalone: typeof modules.loadStandalone = partLoader('providers')

/** Loads what makes `<anketa-form>`. */
export const loadElement: typeof modules.loadElement = partLoader('element')

/** Loads test mode. */
export const loadTestMode: typeof modules.loadTestMode = partLoader('test')

/** Loads the step that asks for the code from a message. */
export const loadVerification: typeof modules.loadVerification = partLoader('verification')

/** Loads what tells counters of a form. */
export const loadTracking: typeof modules.loadTracking = partLoader('tracking')

/** Loads what reads definitions that do not come from a relay, checked already. */
export const loadDefinitions: typeof modules.loadDefinitions = partLoader('definitions')

/** Loads what tells a page's author how to mend a slip. */
export const loadAdvice: typeof modules.loadAdvice = partLoader('advice')

/** Loads English. */
export const loadEnglish: typeof modules.loadEnglish = partLoader('en')

/** Loads the Russian texts of what few forms ask. */
export const loadRare: typeof modules.loadRare = partLoader('rare')

/** Loads what replaces texts by the page's own. */
export const loadMessages: typeof modules.loadMessages = partLoader('messages')

/** Loads the styles of themes and looks. */
export const loadLooks: typeof modules.loadLooks = partLoader('looks')
