import type { CallContext } from '../provider.ts'
import type { Written } from '../write-parameters.ts'
import { uniteFields } from './unite-fields.ts'
import { variantsOf } from './variants.ts'

/**
 * Writes every value in the first of its ways that all the campaigns' patterns match. Where none does, or nobody can run
 * patterns, it stays as it is; {@link misfits} tells of the former.
 */
export function fitToCampaigns(written: readonly Written[], context: CallContext): readonly Written[] {
  return fitted(written, context).map(({ path, value }) => ({ path, value }))
}

/** The paths of what matches the campaigns' patterns in none of its ways. */
export function misfits(written: readonly Written[], context: CallContext): readonly string[] {
  return fitted(written, context).flatMap(({ path, fits }) => (fits ? [] : [path]))
}

function fitted(
  written: readonly Written[],
  { campaignSettings, matches }: CallContext,
): readonly (Written & { readonly fits: boolean })[] {
  const patterns = new Map(uniteFields(campaignSettings).map((field) => [field.name, field.patterns]))
  return written.map(({ path, value }) => {
    const asked = patterns.get(path) ?? []
    if (!matches || asked.length === 0 || (typeof value !== 'string' && typeof value !== 'number')) {
      return { path, value, fits: true }
    }
    // A pattern that nobody can run objects to nothing.
    const fitting = variantsOf(path, String(value)).find((variant) =>
      asked.every((pattern) => matches(pattern, variant) !== false),
    )
    return { path, value: fitting ?? value, fits: fitting !== undefined }
  })
}
