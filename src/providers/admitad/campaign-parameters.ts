import type { Parameter } from '../parameter.ts'
import type { CampaignField } from '../provider.ts'
import { applicationParameters } from './application-parameters.ts'
import type { AdmitadConfig } from './config.ts'
import { uniteFields } from './unite-fields.ts'

const documented = new Set([
  ...applicationParameters.map(({ path }) => path),
  'campaigns',
  'campaign_id',
  'user_notified',
  'test_mode',
])

/** Whether the document knows a parameter of that name. */
export function isDocumented(name: string): boolean {
  return documented.has(name)
}

/** Parameters that only a campaign knows: a form holds them as `custom.<name>`, and nothing else is sent of its custom fields. */
export function campaignParameters(
  settings: readonly CampaignField[] | undefined,
): readonly Parameter<AdmitadConfig>[] {
  return uniteFields(settings)
    .filter(({ name }) => !isDocumented(name))
    .map(({ name }) => ({ path: name, type: 'string', from: { value: `custom.${name}` } }))
}
