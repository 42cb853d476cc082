import type { CampaignField } from '../../core/context.ts'
import { type AdmitadParameter, applicationParameters } from '../application-parameters.ts'
import { mergeCampaignFields } from './merge-fields.ts'

/** Fields whose options are our own lists: a campaign's options for them are not offered. */
export const fieldsWithOwnOptions: ReadonlySet<string> = new Set(['gender', 'employment', 'creditHistory'])

const documentedNames = new Set([
  ...applicationParameters.map(({ path }) => path),
  'campaigns',
  'campaign_id',
  'user_notified',
  'test_mode',
])

/** Whether the document lists a parameter of this name. */
export function isDocumentedParameter(name: string): boolean {
  return documentedNames.has(name)
}

/** The parameters that only a campaign defines. A form has them as `custom.<name>`; no other custom fields are sent. */
export function campaignParameters(
  settings: readonly CampaignField[] | undefined,
): readonly AdmitadParameter[] {
  return mergeCampaignFields(settings)
    .filter(({ name }) => !isDocumentedParameter(name))
    .map(({ name }) => ({ path: name, type: 'string', from: { value: `custom.${name}` } }))
}
