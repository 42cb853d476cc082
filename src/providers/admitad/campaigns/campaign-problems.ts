import type { CampaignField, PatternMatcher } from '../../core/context.ts'
import { sourceFieldNames } from '../../core/write-parameters.ts'
import { applicationParameters, defaultValueTexts } from '../application-parameters.ts'
import type { AdmitadConfig } from '../config.ts'
import { mergeCampaignFields } from './merge-fields.ts'
/** The canonical values of what is chosen from lists of ours, by parameter. */
const canonicalValues: Readonly<Record<string, readonly (string | number)[]>> = {
  gender: ['female', 'male'],
  occupation: Object.keys(defaultValueTexts.occupation),
  overdue_loans: Object.keys(defaultValueTexts.overdue_loans),
}

/** What the operator has to mend, in view of what the campaigns ask for: nobody who fills a form in can. */
export function campaignProblems(
  fields: readonly CampaignField[],
  config: AdmitadConfig,
  matches: PatternMatcher,
): readonly string[] {
  return mergeCampaignFields(fields).flatMap((field) => {
    const { name, patterns, required } = field
    const usable = patterns.filter((pattern) => matches(pattern, '') !== undefined)
    const row = applicationParameters.find(({ path }) => path === name)
    const problems: string[] = []
    if (usable.length < patterns.length) {
      problems.push(`${name}: the campaign's pattern cannot be used, so values are sent unchecked`)
    }
    if (row && required && hasNoSource(row.path, config)) {
      problems.push(`${name}: a campaign requires it, and only "fields" can supply it`)
    }
    const refused = (canonicalValues[name] ?? []).filter((value) => {
      const sent = row?.format?.(value, config)
      return usable.some((pattern) => typeof sent === 'string' && matches(pattern, sent) === false)
    })
    if (refused.length > 0) {
      problems.push(
        `${name}: a campaign calls ${refused.join(', ')} otherwise; tell how in valueMaps.${name}`,
      )
    }
    return problems
  })
}

/** Marks of the traffic: not every visit has them, and no form asks for them. */
function hasNoSource(path: string, config: AdmitadConfig): boolean {
  const row = applicationParameters.find((one) => one.path === path)
  if (!row || config.fields?.[path] !== undefined || sourceFieldNames(row, config).length > 0) return false
  if (path === 'application_received_date_by_client') return config.receivedDate === false
  return path !== 'personal_data_agent'
}
