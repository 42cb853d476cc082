import type { Operation } from '../provider.ts'
import { writeParameters } from '../write-parameters.ts'
import { apiPost } from './api-call.ts'
import { applicationOutcome } from './application-outcome.ts'
import { callParameters, userNotified } from './call-parameters.ts'
import { campaignParameters } from './campaign-parameters.ts'
import type { AdmitadConfig } from './config.ts'
import { fitToCampaigns } from './fit-to-campaigns.ts'
import { isNotified } from './is-notified.ts'

/** `create` and, for the campaign of a bank that confirms the phone with a code, `sync_create`. */
export const create: Operation<AdmitadConfig> = {
  // Nothing documents that Admitad knows an application again.
  retry: 'if-not-sent',

  request(config, context) {
    const rows = [userNotified, ...callParameters(config), ...campaignParameters(context.campaignSettings)]
    const body = new URLSearchParams()
    for (const { path, value } of fitToCampaigns(writeParameters(rows, config, context), context)) {
      body.append(path, typeof value === 'string' ? value : JSON.stringify(value))
    }
    // No rule of `fields` may say that somebody knows who has not been told. With 0 nothing is passed on.
    if (!isNotified(config, context.lead)) body.set('user_notified', '0')
    const call = config.mode === 'sync' ? 'sync_create' : 'create'
    return apiPost(config, context, `/website/${config.websiteId}/broker/applications/${call}/`, body)
  },

  outcome: applicationOutcome,
}
