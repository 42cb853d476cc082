import { withParsedOptions } from '../core/options/parsed-options.ts'
import type { Provider } from '../core/provider.ts'
import { getApplicationStatus } from './calls/application-status.ts'
import { getCampaignSettings } from './calls/campaign-settings.ts'
import { campaignParameters } from './campaigns/campaign-parameters.ts'
import { checkCampaignFormats, formatForCampaigns } from './campaigns/match-patterns.ts'
import { type AdmitadConfig, admitadConfig } from './config.ts'
import { admitadForPages, createSendOperation } from './page-adapter.ts'

/**
 * The Broker of Admitad, a network of lenders' campaigns. Contract: https://developers.admitad.com, "Заявки брокера".
 */
export const admitad: Provider<AdmitadConfig> = {
  ...admitadForPages,
  check: checkCampaignFormats,
  operations: {
    ...admitadForPages.operations,
    create: createSendOperation({ parameters: campaignParameters, format: formatForCampaigns }),
    status: withParsedOptions(admitadConfig, getApplicationStatus),
    settings: withParsedOptions(admitadConfig, getCampaignSettings),
  },
}
