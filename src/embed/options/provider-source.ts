import type { Provider } from '../../providers/provider.ts'
import type { providers } from '../../providers/registry.ts'

type Providers = typeof providers
type OptionsOf<Adapter> = Adapter extends Provider<infer Config> ? Partial<Config> : never

/** A provider by its name, which the landing page script knows, or as the adapter itself, which npm has. */
export type ProviderSource = {
  readonly [Name in keyof Providers]: {
    readonly provider: Name | Providers[Name]
    /** The provider's own options. */
    readonly providerOptions: OptionsOf<Providers[Name]>
  }
}[keyof Providers]

/** An adapter. */
export type AnyProvider = Providers[keyof Providers]
