import { admitad } from './admitad/admitad.ts'
import { devtek } from './devtek.ts'

/** Every adapter by the name that a configuration uses. */
export const providers = { devtek, admitad } as const

/** The name of a provider. */
export type ProviderName = keyof typeof providers
