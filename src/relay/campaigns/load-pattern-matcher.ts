import type { PatternMatcher } from '../../providers/core/context.ts'
import type { FormConfig } from '../config/form-config.ts'

/** Loads the matcher only if there are campaigns. Its package may not be installed. */
export async function loadPatternMatcher(forms: Iterable<FormConfig>): Promise<PatternMatcher | undefined> {
  if (![...forms].some(({ destinations }) => destinations.some(({ campaigns }) => campaigns)))
    return undefined
  try {
    const { createPatternMatcher } = await import('./python-regex.ts')
    return createPatternMatcher()
  } catch {
    return undefined
  }
}
