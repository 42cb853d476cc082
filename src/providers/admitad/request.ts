import type { HttpRequest, LeadContext } from '../core/context.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import { writeParameters } from '../core/write-parameters.ts'
import { apiPost } from './calls/api-request.ts'
import type { AdmitadConfig } from './config.ts'
import { callParameters, type CampaignAdditions } from './parameters.ts'
import { hasTransferConsent } from './precondition.ts'

/** The call `create`, or `sync_create` for the campaign of a bank that confirms the phone with a code. */
export function admitadRequest(
  config: AdmitadConfig,
  context: LeadContext,
  additions?: CampaignAdditions,
): HttpRequest {
  const written = writeParameters(callParameters(config, context, additions), config, context)
  const body = new URLSearchParams()
  for (const { path, value } of additions?.format(written, context) ?? written) {
    body.append(path, typeof value === 'string' ? value : stringifyJson(value))
  }
  // No rule of `fields` may claim a consent that was not given. With 0 Admitad passes nothing on.
  if (!hasTransferConsent(config, context.lead)) body.set('user_notified', '0')
  const call = config.mode === 'sync' ? 'sync_create' : 'create'
  return apiPost(config, context, `website/${config.websiteId}/broker/applications/${call}/`, body)
}
