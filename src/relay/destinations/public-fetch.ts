import type { Fetch } from '../../delivery/send-http.ts'
import { type AddressRules, resolveAddress, resolveBySystem } from './calls/connection.ts'
import { createHttpClient } from './calls/http-client.ts'
import { isPrivateAddress } from './private-address.ts'

const publicAddresses: AddressRules = { resolve: resolveBySystem, isRefused: isPrivateAddress }

/**
 * Creates a `fetch` for addresses that an operator chose. It connects only to the addresses that it has checked after it
 * resolved the name, and resolves the name once per call, so that a name that changes its address in between gains
 * nothing. It follows no redirects. Node's own `fetch` cannot say which address it connects to.
 */
export function createPublicFetch(rules: AddressRules = publicAddresses): Fetch {
  return createHttpClient(rules)
}

/**
 * Resolves a name for a connection of another kind. Throws an error with a `refusal` if it belongs to a private network.
 */
export function resolvePublicAddress(host: string, rules: AddressRules = publicAddresses): Promise<string> {
  return resolveAddress(host, rules)
}
