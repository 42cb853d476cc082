// The landing page script has its own way: `on-demand-script.ts`.

/** Loads the list of places. */
export const loadPlaceList = (_relay?: string) => import('./place-part.ts')

/** Loads what a form without a relay needs: adapters, and what reads a definition. */
export const loadStandalone = (_relay?: string) => import('./standalone-part.ts')

/** Loads what makes `<anketa-form>`. */
export const loadElement = (_relay?: string) => import('./form-element.ts')

/** Loads test mode. */
export const loadTestMode = (_relay?: string) => import('./test-part.ts')

/** Loads English. */
export const loadEnglish = (_relay?: string) => import('./english-part.ts')

/** Loads the Russian texts of what few forms ask. */
export const loadRare = (_relay?: string) => import('../i18n/rare-ru.ts')

/** Loads what replaces texts by the page's own. */
export const loadMessages = (_relay?: string) => import('./messages-part.ts')

/** Loads the styles of themes and looks. */
export const loadLooks = (_relay?: string) => import('./looks-part.ts')

/** Loads the step that asks for the code from a message. */
export const loadVerification = (_relay?: string) => import('./verification-part.ts')

/** Loads what tells counters of a form. */
export const loadTracking = (_relay?: string) => import('./tracking/tracking-part.ts')

/** Loads what reads definitions that do not come from a relay, checked already. */
export const loadDefinitions = (_relay?: string) => import('./definition-part.ts')

/** Loads what tells a page's author how to mend a slip. */
export const loadAdvice = (_relay?: string) => import('./advice-part.ts')
