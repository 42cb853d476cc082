import { admitadForPages } from './admitad/page-adapter.ts'
import { devtekForPages } from './devtek/page-adapter.ts'
import { fiveCrmForPages } from './fivecrm/page-adapter.ts'
import { lotinfo } from './lotinfo/index.ts'
import type { ProviderName } from './registry.ts'

/** What pages without a relay use of every adapter, by its name. Calls that only relays make are left out. */
export const pageProviders = {
  devtek: devtekForPages,
  admitad: admitadForPages,
  lotinfo,
  fivecrm: fiveCrmForPages,
} as const satisfies Readonly<Record<ProviderName, object>>
