import { admitadCampaignRules } from '../../providers/admitad/campaigns/campaign-rules.ts'
import { parseProvider } from '../../providers/core/parse-provider.ts'
import { http } from '../../providers/http/index.ts'
import { providers } from '../../providers/registry.ts'
import { webhook } from '../../providers/webhook/index.ts'
import { bindProvider, type BoundProvider, type ProviderBindings } from './destination.ts'

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

/** Adapters of one's own, as they are or bound, by the names that a configuration gives them. */
export type OwnProviders = Readonly<Record<string, object>>

/**
 * Adds adapters of one's own to those of this package. One with the same name replaces the package's. Throws a
 * `TypeError` if something is no adapter.
 */
export function addOwnProviders(own: OwnProviders = {}): ProviderBindings {
  const bound = Object.entries(own).map(([name, candidate]) => {
    const provider = parseProvider(candidate)
    const binding = isBound(candidate) ? candidate : provider && bindProvider(provider)
    if (binding) return [name, binding] as const
    throw new TypeError(
      `providers.${name}: expected an adapter, an object with name, config, secrets, parameters and operations.create`,
    )
  })
  return { ...providerBindings, ...Object.fromEntries(bound) }
}

function isBound(candidate: object): candidate is BoundProvider {
  return 'createDestination' in candidate && typeof candidate.createDestination === 'function'
}
