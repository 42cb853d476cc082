import type { HttpRequest, LeadContext } from '../core/context.ts'
import { writeParameters } from '../core/write-parameters.ts'
import { apiPost } from './calls/api-request.ts'
import { campaignParameters } from './campaigns/campaign-parameters.ts'
import { formatForCampaigns } from './campaigns/match-patterns.ts'
import type { AdmitadConfig } from './config.ts'
import { admitadParameters, userNotifiedParameter } from './parameters.ts'
import { hasTransferConsent } from './precondition.ts'

/** The call `create`, or `sync_create` for the campaign of a bank that confirms the phone with a code. */
export function admitadRequest(config: AdmitadConfig, context: LeadContext): HttpRequest {
  const parameters = [
    userNotifiedParameter,
    ...admitadParameters(config),
    ...campaignParameters(context.campaignSettings),
  ]
  const body = new URLSearchParams()
  for (const { path, value } of formatForCampaigns(writeParameters(parameters, config, context), context)) {
    body.append(path, typeof value === 'string' ? value : JSON.stringify(value))
  }
  // No rule of `fields` may claim a consent that was not given. With 0 Admitad passes nothing on.
  if (!hasTransferConsent(config, context.lead)) body.set('user_notified', '0')
  const call = config.mode === 'sync' ? 'sync_create' : 'create'
  return apiPost(config, context, `website/${config.websiteId}/broker/applications/${call}/`, body)
}
