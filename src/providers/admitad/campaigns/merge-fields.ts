import type { CampaignField } from '../../core/context.ts'

/** A field with the requirements of all campaigns. */
export interface MergedCampaignField {
  readonly name: string
  /** A value must match every one. Untrusted. */
  readonly patterns: readonly string[]
  /** Whether any campaign requires it. */
  readonly required: boolean
  /** That of the first campaign with a description. */
  readonly description: string
}

/** Merges the requirements of several campaigns, field by field, in the order in which the names first appear. */
export function mergeCampaignFields(fields: readonly CampaignField[] = []): readonly MergedCampaignField[] {
  const merged = new Map<string, MergedCampaignField>()
  for (const { name, pattern, required, description } of fields) {
    const known = merged.get(name) ?? { name, patterns: [], required: false, description: '' }
    merged.set(name, {
      name,
      patterns:
        pattern === '' || known.patterns.includes(pattern) ? known.patterns : [...known.patterns, pattern],
      required: known.required || required,
      description: known.description === '' ? description : known.description,
    })
  }
  return [...merged.values()]
}
