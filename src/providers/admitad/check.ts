import type { FieldIssue } from '../../lead/issue.ts'
import type { ProviderContext } from '../provider.ts'
import { blamedFor, writeParameters } from '../write-parameters.ts'
import { callParameters } from './call-parameters.ts'
import { campaignParameters, isDocumented } from './campaign-parameters.ts'
import type { AdmitadConfig } from './config.ts'
import { misfits } from './fit-to-campaigns.ts'

/** Chosen from lists of ours: that a campaign calls a choice otherwise is the operator's to mend, not the person's. */
const chosen = new Set(['gender', 'employment', 'creditHistory'])

/** Remarks of the campaigns about values that match their patterns in no way of writing them. */
export function check(config: AdmitadConfig, context: ProviderContext): readonly FieldIssue[] {
  const rows = [...callParameters(config), ...campaignParameters(context.campaignSettings)]
  const fields = misfits(writeParameters(rows, config, context), context).flatMap((path) => {
    if (!isDocumented(path)) return [`custom.${path}`]
    const row = rows.find((one) => one.path === path)
    const field = row ? blamedFor(row, config, context) : ''
    return field === '' || chosen.has(field) ? [] : [field]
  })
  return [...new Set(fields)].map((field) => ({ field, code: 'campaign-format' }))
}
