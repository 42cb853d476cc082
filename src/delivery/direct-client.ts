import type { Operation, Provider } from '../providers/core/provider.ts'
import type { CallContext } from '../providers/core/context.ts'
import type { BaseConfig } from '../providers/core/field-rules.ts'
import { type Fetch, sendHttp } from './send-http.ts'
import { createTokenCache, type NoAccessToken } from './token-cache.ts'

/** What calls to a provider need from outside. */
export interface DirectClientDeps {
  readonly fetch: Fetch
  now(): Date
  readonly timeoutMs: number
}

/** Calls one provider with one set of options. */
export interface DirectClient<Config> {
  /** Never throws, unless the adapter does. The call's access token is added to `context`. */
  call<Context extends CallContext, Answer>(
    operation: Operation<Config, Context, Answer>,
    context: Context,
  ): Promise<{ readonly answer: Answer } | NoAccessToken>
}

/** Creates the client. An access token, where the provider requires one, is kept in memory. */
export function createDirectClient<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
  deps: DirectClientDeps,
): DirectClient<Config> {
  const { token: tokenOperation } = provider.operations
  const isConfigured = 'accessToken' in config && config.accessToken !== undefined
  const tokenCache =
    tokenOperation && !isConfigured
      ? createTokenCache(
          async () => {
            const context = { now: deps.now() }
            const result = await sendHttp(tokenOperation.request(config, context), deps)
            return tokenOperation.outcome(result, config, context)
          },
          () => deps.now().getTime(),
        )
      : undefined

  return {
    async call(operation, context) {
      for (let isRetry = false; ; isRetry = true) {
        const token = await tokenCache?.get()
        if (token && 'problem' in token) return token
        const fullContext = { ...context, accessToken: token?.accessToken }
        const result = await sendHttp(operation.request(config, fullContext), deps)
        // A call whose token was rejected has done nothing, so it may be repeated once with another token.
        if (isRetry || !tokenCache || !token || !provider.isTokenRejected?.(result)) {
          return { answer: operation.outcome(result, config, fullContext) }
        }
        tokenCache.invalidate(token.accessToken)
      }
    },
  }
}
