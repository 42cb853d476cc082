import { bindOperation, type BoundOperation } from '../../providers/core/bind-operation.ts'
import type { Provider, TokenResult } from '../../providers/core/provider.ts'
import type { CallContext, HttpResult } from '../../providers/core/context.ts'
import type { BaseConfig } from '../../providers/core/field-rules.ts'
import { deriveSecret, hashContent } from '../runtime/hash.ts'
import type { SharedTokenAccount } from './shared-tokens.ts'

/** An account at a provider. Its destinations share one rate limit and one access token. */
export interface Account {
  /** The same for the same credentials at the same address. Derived from secrets: for memory only. */
  readonly key: string
  /** For relays that share a database. */
  readonly shared: SharedTokenAccount
  /** Calls per minute that the provider accepts; unlimited by default. */
  readonly callsPerMinute?: number | undefined
  /** Fetches the access token that the account's calls need, if they need one. */
  readonly token?: BoundOperation<CallContext, TokenResult> | undefined
  /** Whether its calls must not reach private networks: the operator chose the address. */
  readonly isPublicOnly: boolean
  /** Whether a call was rejected for its token alone, so that it may be repeated with another token. */
  isTokenRejected(result: HttpResult): boolean
}

/** Creates the account of a destination with these options. */
export async function createAccount<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
): Promise<Account> {
  const options: Readonly<Record<string, unknown>> = Object(config)
  const names = ['baseUrl', 'url', 'headers', 'clientId', 'allowPrivate', ...provider.secrets]
  const credentials = names.map((name) => options[name] ?? null)
  const { token } = provider.operations
  const source = JSON.stringify([provider.name, ...credentials])
  return {
    key: await hashContent(source),
    shared: {
      name: `${provider.name} ${deriveSecret(source, 'name of an account', 12).toString('hex')}`,
      sealingKey: deriveSecret(source, 'access token of an account', 32),
    },
    callsPerMinute: provider.callsPerMinute,
    isPublicOnly: options['url'] !== undefined && options['allowPrivate'] !== true,
    // An access token among the options is used as it is.
    token: token && options['accessToken'] === undefined ? bindOperation(token, config) : undefined,
    isTokenRejected: (result) => provider.isTokenRejected?.(result) ?? false,
  }
}
