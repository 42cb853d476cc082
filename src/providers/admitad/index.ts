import { withParsedOptions } from '../core/options/parsed-options.ts'
import type { Provider } from '../core/provider.ts'
import { admitadParameters, userNotifiedParameter } from './parameters.ts'
import { checkCampaignFormats } from './campaigns/match-patterns.ts'
import { type AdmitadConfig, admitadConfig } from './config.ts'
import { confirmApplication } from './calls/confirm.ts'
import { parseErrorKind } from './calls/api-error.ts'
import { getCampaignSettings } from './calls/campaign-settings.ts'
import { getApplicationStatus } from './calls/application-status.ts'
import { requestToken } from './calls/token.ts'
import { admitadOutcome } from './outcome.ts'
import { precondition } from './precondition.ts'
import { admitadRequest } from './request.ts'

/**
 * The Broker of Admitad, a network of lenders' campaigns. Contract: https://developers.admitad.com, "Заявки брокера".
 */
export const admitad: Provider<AdmitadConfig> = {
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
  check: checkCampaignFormats,
  isTokenRejected: (result) => parseErrorKind(result) === 'token',
  operations: {
    create: withParsedOptions(admitadConfig, {
      // No document says that Admitad recognises a repeated application.
      retry: 'if-not-sent',
      request: admitadRequest,
      outcome: admitadOutcome,
    }),
    confirm: withParsedOptions(admitadConfig, confirmApplication),
    status: withParsedOptions(admitadConfig, getApplicationStatus),
    settings: withParsedOptions(admitadConfig, getCampaignSettings),
    token: withParsedOptions(admitadConfig, requestToken),
  },
}
