import { admitad } from './admitad/index.ts'
import { devtek } from './devtek/index.ts'
import { fivecrm } from './fivecrm/index.ts'
import { lotinfo } from './lotinfo/index.ts'

/** Every adapter, by its name in configurations. */
export const providers = { devtek, admitad, lotinfo, fivecrm } as const

/** The name of a provider. */
export type ProviderName = keyof typeof providers
