import { admitadCampaignRules } from '../../providers/admitad/campaigns/campaign-rules.ts'
import { http } from '../../providers/http/index.ts'
import { providers } from '../../providers/registry.ts'
import { webhook } from '../../providers/webhook/index.ts'
import { bindProvider, type ProviderBindings } from './destination.ts'

/** The providers of this package. */
export const providerBindings: ProviderBindings = {
  devtek: bindProvider(providers.devtek),
  admitad: bindProvider(providers.admitad, admitadCampaignRules),
  lotinfo: bindProvider(providers.lotinfo),
  fivecrm: bindProvider(providers.fivecrm),
  // Only a relay has these: a page must not hold their secrets, and no address of a page's own choice gets its leads.
  webhook: bindProvider(webhook),
  http: bindProvider(http),
}
