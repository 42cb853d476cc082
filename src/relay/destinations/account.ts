import type { Operation, Provider, TokenResult } from '../../providers/core/provider.ts'
import type { HttpRequest, HttpResult } from '../../providers/core/context.ts'
import type { BaseConfig } from '../../providers/core/field-rules.ts'
import { hashContent } from '../hash.ts'

/** What the calls of destinations are counted and paid by: one account at a provider. */
export interface Account {
  /** The same for the same credentials at the same address. Made of secrets: for memory only. */
  readonly key: string
  /** Calls that the provider takes within a minute; any number unless given. */
  readonly callsPerMinute?: number | undefined
  /** Buys the token that the account's calls need, where they need one. */
  readonly token?: TokenOperation | undefined
  /** Whether a call was turned away for its token alone, so that it may be made again with another. */
  isTokenRefused(result: HttpResult): boolean
}

/** The call that buys a token. */
export interface TokenOperation {
  request(now: Date): HttpRequest
  outcome(result: HttpResult, now: Date): TokenResult
}

/** The account of a destination with these options. */
export async function createAccount<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
): Promise<Account> {
  const given: Readonly<Record<string, unknown>> = Object(config)
  const credentials = ['baseUrl', 'clientId', ...provider.secrets].map((name) => given[name] ?? null)
  const { token } = provider.operations
  return {
    key: await hashContent(JSON.stringify([provider.name, ...credentials])),
    callsPerMinute: provider.callsPerMinute,
    // A token that was bought elsewhere is used as it is.
    token: token && given['accessToken'] === undefined ? bindTokenOperation(token, config) : undefined,
    isTokenRefused: (result) => provider.isTokenRejected?.(result) ?? false,
  }
}

function bindTokenOperation<Config>(
  token: Operation<Config, { readonly now: Date }, TokenResult>,
  config: Config,
): TokenOperation {
  return {
    request: (now) => token.request(config, { now }),
    outcome: (result, now) => token.outcome(result, config, { now }),
  }
}
