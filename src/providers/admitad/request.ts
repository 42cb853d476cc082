import type { Operation } from '../core/provider.ts'
import { writeParameters } from '../core/write-parameters.ts'
import { apiPost } from './calls/api-request.ts'
import { admitadOutcome } from './outcome.ts'
import { admitadParameters, userNotifiedParameter } from './parameters.ts'
import { campaignParameters } from './campaigns/campaign-parameters.ts'
import type { AdmitadConfig } from './config.ts'
import { formatForCampaigns } from './campaigns/match-patterns.ts'
import { hasTransferConsent } from './precondition.ts'

/** `create` and, for the campaign of a bank that confirms the phone with a code, `sync_create`. */
export const createLead: Operation<AdmitadConfig> = {
  // Nothing documents that Admitad knows an application again.
  retry: 'if-not-sent',

  request(config, context) {
    const rows = [
      userNotifiedParameter,
      ...admitadParameters(config),
      ...campaignParameters(context.campaignSettings),
    ]
    const body = new URLSearchParams()
    for (const { path, value } of formatForCampaigns(writeParameters(rows, config, context), context)) {
      body.append(path, typeof value === 'string' ? value : JSON.stringify(value))
    }
    // No rule of `fields` may say that somebody knows who has not been told. With 0 nothing is passed on.
    if (!hasTransferConsent(config, context.lead)) body.set('user_notified', '0')
    const call = config.mode === 'sync' ? 'sync_create' : 'create'
    return apiPost(config, context, `/website/${config.websiteId}/broker/applications/${call}/`, body)
  },

  outcome: admitadOutcome,
}
