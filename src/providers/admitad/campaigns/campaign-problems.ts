import type { CampaignField, PatternMatcher } from '../../core/context.ts'
import { sourceFieldNames } from '../../core/parameters/source-fields.ts'
import { type AdmitadParameter, applicationParameters, defaultValueTexts } from '../application-parameters.ts'
import type { AdmitadConfig } from '../config.ts'
import { mergeCampaignFields } from './merge-fields.ts'

/** The canonical values of fields with our own options, by parameter. */
const canonicalValues: Readonly<Record<string, readonly (string | number)[]>> = {
  gender: ['female', 'male'],
  occupation: Object.keys(defaultValueTexts.occupation),
  overdue_loans: Object.keys(defaultValueTexts.overdue_loans),
}

/** What the operator must correct in the configuration because of the campaigns' requirements. */
export function campaignProblems(
  fields: readonly CampaignField[],
  config: AdmitadConfig,
  matches: PatternMatcher,
): readonly string[] {
  return mergeCampaignFields(fields).flatMap((field) => {
    const { name, patterns, required } = field
    const usable = patterns.filter((pattern) => matches(pattern, '') !== undefined)
    const parameter = applicationParameters.find(({ path }) => path === name)
    const problems: string[] = []
    if (usable.length < patterns.length) {
      problems.push(`${name}: the campaign's pattern cannot be used, so values are sent unchecked`)
    }
    if (parameter && required && hasNoSource(parameter, config)) {
      problems.push(`${name}: a campaign requires it, and only "fields" can supply it`)
    }
    const refused = (canonicalValues[name] ?? []).filter((value) => {
      const sent = parameter?.format?.(value, config)
      return usable.some((pattern) => typeof sent === 'string' && matches(pattern, sent) === false)
    })
    if (refused.length > 0) {
      problems.push(
        `${name}: a campaign refuses ${refused.join(', ')}; set its own values in valueMaps.${name}`,
      )
    }
    return problems
  })
}

/**
 * Whether neither a field of a form nor an option fills a parameter, as for the attribution parameters: not every visit
 * has them.
 */
function hasNoSource(parameter: AdmitadParameter, config: AdmitadConfig): boolean {
  const { path } = parameter
  if (config.fields?.[path] !== undefined || sourceFieldNames(parameter, config).length > 0) return false
  if (path === 'application_received_date_by_client') return config.receivedDate === false
  return path !== 'personal_data_agent'
}
