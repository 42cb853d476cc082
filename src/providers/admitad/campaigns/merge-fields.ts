import type { CampaignField } from '../../core/context.ts'

/** A field as all the campaigns together want it. */
export interface MergedCampaignField {
  readonly name: string
  /** Every one of them has to match; foreign. */
  readonly patterns: readonly string[]
  /** Whether any campaign insists on it. */
  readonly required: boolean
  /** The first campaign's that has one. */
  readonly description: string
}

/** What several campaigns want of the same fields, as one: in the order in which the names come first. */
export function mergeCampaignFields(fields: readonly CampaignField[] = []): readonly MergedCampaignField[] {
  const united = new Map<string, MergedCampaignField>()
  for (const { name, pattern, required, description } of fields) {
    const known = united.get(name) ?? { name, patterns: [], required: false, description: '' }
    united.set(name, {
      name,
      patterns:
        pattern === '' || known.patterns.includes(pattern) ? known.patterns : [...known.patterns, pattern],
      required: known.required || required,
      description: known.description === '' ? description : known.description,
    })
  }
  return [...united.values()]
}
