import { admitadCampaigns } from '../providers/admitad/admitad-campaigns.ts'
import { providers } from '../providers/registry.ts'
import { opener, type Openers } from './destination.ts'

/** The providers that a relay knows by itself. */
export const openers: Openers = {
  devtek: opener(providers.devtek),
  admitad: opener(providers.admitad, admitadCampaigns),
  lotinfo: opener(providers.lotinfo),
  fivecrm: opener(providers.fivecrm),
}
