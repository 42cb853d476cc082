import type { Parameter } from '../../core/parameter.ts'
import type { CampaignField } from '../../core/context.ts'
import { applicationParameters } from '../application-parameters.ts'
import type { AdmitadConfig } from '../config.ts'
import { mergeCampaignFields } from './merge-fields.ts'

const documentedNames = new Set([
  ...applicationParameters.map(({ path }) => path),
  'campaigns',
  'campaign_id',
  'user_notified',
  'test_mode',
])

/** Whether the document knows a parameter of that name. */
export function isDocumentedParameter(name: string): boolean {
  return documentedNames.has(name)
}

/** Parameters that only a campaign knows: a form holds them as `custom.<name>`, and nothing else is sent of its custom fields. */
export function campaignParameters(
  settings: readonly CampaignField[] | undefined,
): readonly Parameter<AdmitadConfig>[] {
  return mergeCampaignFields(settings)
    .filter(({ name }) => !isDocumentedParameter(name))
    .map(({ name }) => ({ path: name, type: 'string', from: { value: `custom.${name}` } }))
}
