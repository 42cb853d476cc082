import { admitad } from './admitad/admitad.ts'
import { devtek } from './devtek.ts'
import { fivecrm } from './fivecrm/fivecrm.ts'
import { lotinfo } from './lotinfo/lotinfo.ts'

/** Every adapter by the name that a configuration uses. */
export const providers = { devtek, admitad, lotinfo, fivecrm } as const

/** The name of a provider. */
export type ProviderName = keyof typeof providers
