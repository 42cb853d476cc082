import { withParsedOptions } from '../core/options/parsed-options.ts'
import type { Operation, Provider } from '../core/provider.ts'
import { admitadParameters, type CampaignAdditions, userNotifiedParameter } from './parameters.ts'
import { type AdmitadConfig, admitadConfig } from './config.ts'
import { confirmApplication } from './calls/confirm.ts'
import { parseErrorKind } from './calls/api-error.ts'
import { requestToken } from './calls/token.ts'
import { admitadOutcome } from './outcome.ts'
import { precondition } from './precondition.ts'
import { admitadRequest } from './request.ts'

/** What a page without a relay uses of Admitad's adapter: everything but what needs the campaigns' settings. */
export const admitadForPages: Provider<AdmitadConfig> = {
  name: 'admitad',
  config: admitadConfig,
  secrets: ['clientSecret', 'accessToken'],
  identity: ['mode', 'websiteId', 'campaignId'],
  callsPerMinute: 60,
  reservedParameters: [userNotifiedParameter],
  parameters: admitadParameters,
  problems: ({ mode, campaigns, campaignId }) => [
    ...(mode === 'create' && campaignId !== undefined
      ? ['campaignId: an option of "mode": "sync"; with "create" the campaigns are in "campaigns"']
      : []),
    ...(mode === 'sync' && campaigns !== undefined
      ? ['campaigns: an option of "mode": "create"; with "sync" the campaign is in "campaignId"']
      : []),
  ],
  requiredConsents: ({ consent }) => [consent],
  precondition,
  isTokenRejected: (result) => parseErrorKind(result) === 'token',
  operations: {
    create: createSendOperation(),
    confirm: withParsedOptions(admitadConfig, confirmApplication),
    token: withParsedOptions(admitadConfig, requestToken),
  },
}

/** The operation that sends a lead, with what the settings of the campaigns add to it. */
export function createSendOperation(additions?: CampaignAdditions): Operation<AdmitadConfig> {
  return withParsedOptions(admitadConfig, {
    // No document says that Admitad recognises a repeated application.
    retry: 'if-not-sent',
    request: (config, context) => admitadRequest(config, context, additions),
    outcome: (result, config, context) => admitadOutcome(result, config, context, additions),
  })
}
