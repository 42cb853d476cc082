// The landing page script has its own way: `on-demand-script.ts`.

/** Loads the list of places. */
export const loadPlaceList = (_relay?: string) => import('./form/place-list.chunk.ts')

/** Loads what a form without a relay needs: adapters, and what reads a definition. */
export const loadStandalone = (_relay?: string) => import('./source/direct.chunk.ts')

/** Loads what makes `<anketa-form>`. */
export const loadElement = (_relay?: string) => import('./element/form-element.ts')

/** Loads test mode. */
export const loadTestMode = (_relay?: string) => import('./source/test-mode.chunk.ts')

/** Loads English. */
export const loadEnglish = (_relay?: string) => import('./language/english.chunk.ts')

/** Loads the Russian texts of what few forms ask. */
export const loadRare = (_relay?: string) => import('../i18n/ru/extended.ts')

/** Loads what replaces texts by the page's own. */
export const loadMessages = (_relay?: string) => import('./language/messages.chunk.ts')

/** Loads the styles of themes and looks. */
export const loadLooks = (_relay?: string) => import('./appearance/looks.chunk.ts')

/** Loads the step that asks for the code from a message. */
export const loadVerification = (_relay?: string) => import('./form/verification.chunk.ts')

/** Loads what tells counters of a form. */
export const loadTracking = (_relay?: string) => import('./analytics/analytics.chunk.ts')

/** Loads what reads definitions that do not come from a relay, checked already. */
export const loadDefinitions = (_relay?: string) => import('./source/definition.chunk.ts')

/** Loads what tells a page's author how to mend a slip. */
export const loadAdvice = (_relay?: string) => import('./options/advice.chunk.ts')
