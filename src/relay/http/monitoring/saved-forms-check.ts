import type { SavedForms } from '../../config/definitions/saved-forms.ts'
import type { HealthCheck } from './health-check.ts'

/** Tells which forms are served as they were saved in the console, in place of the configuration's. */
export function createSavedFormsCheck({
  results,
  servedVersion,
}: Pick<SavedForms, 'results' | 'servedVersion'>): HealthCheck {
  return {
    name: 'savedForms',
    async check() {
      const served = [...results.keys()].flatMap((form) => {
        const version = servedVersion(form)
        return version ? [[form, { version: version.number, savedAt: version.savedAt }] as const] : []
      })
      return { status: 'ok', ...(served.length > 0 ? { facts: Object.fromEntries(served) } : {}) }
    },
  }
}
