import { admitadCampaignRules } from '../../providers/admitad/campaigns/campaign-rules.ts'
import { providers } from '../../providers/registry.ts'
import { bindProvider, type ProviderBindings } from './destination.ts'

/** The providers of this package. */
export const providerBindings: ProviderBindings = {
  devtek: bindProvider(providers.devtek),
  admitad: bindProvider(providers.admitad, admitadCampaignRules),
  lotinfo: bindProvider(providers.lotinfo),
  fivecrm: bindProvider(providers.fivecrm),
}
