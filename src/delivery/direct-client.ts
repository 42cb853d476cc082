import type { Operation, Provider, TokenResult } from '../providers/core/provider.ts'
import type { CallContext, HttpResult } from '../providers/core/context.ts'
import type { BaseConfig } from '../providers/core/field-rules.ts'
import { type Fetch, sendHttp } from './send-http.ts'

/** What calls to a provider need from outside. */
export interface DirectClientDeps {
  readonly fetch: Fetch
  now(): Date
  readonly timeoutMs: number
}

/** That no call was made, as no access token was to be had. Holds no credential. */
export type NoAccessToken = Extract<TokenResult, { readonly problem: string }>

/** Calls one provider with one set of options. */
export interface DirectClient<Config> {
  /** Never throws, unless the adapter does. `context` gets the token that the call needs. */
  call<Context extends CallContext, Answer>(
    operation: Operation<Config, Context, Answer>,
    context: Context,
  ): Promise<{ readonly answer: Answer } | NoAccessToken>
}

/** A token is not used for the last seconds of its time. */
const tokenExpiryMarginMs = 30_000

/** Creates the calls; an access token, where the credentials only buy one, is kept in memory. */
export function createDirectClient<Config extends BaseConfig>(
  provider: Provider<Config>,
  config: Config,
  ports: DirectClientDeps,
): DirectClient<Config> {
  const { token } = provider.operations
  // A token that was bought elsewhere is used as it is.
  const buys = token && !('accessToken' in config && config.accessToken !== undefined) ? token : undefined
  let kept: { readonly accessToken: string; readonly endsAt: number } | undefined

  async function accessToken(): Promise<{ readonly accessToken?: string } | NoAccessToken> {
    const now = ports.now()
    if (!buys || (kept && kept.endsAt > now.getTime())) return kept ?? {}
    const result = await sendHttp(buys.request(config, { now }), ports)
    const bought = buys.outcome(result, config, { now })
    if ('problem' in bought) return bought
    const endsAt = now.getTime() + bought.expiresInSeconds * 1000 - tokenExpiryMarginMs
    kept = { accessToken: bought.accessToken, endsAt }
    return kept
  }

  return {
    async call(operation, context) {
      for (let again = false; ; again = true) {
        const access = await accessToken()
        if ('problem' in access) return access
        const told = { ...context, accessToken: access.accessToken }
        const result: HttpResult = await sendHttp(operation.request(config, told), ports)
        // A call that was turned away for its token has done nothing: it may be made once more, with another.
        if (again || !kept || !provider.isTokenRejected?.(result)) {
          return { answer: operation.outcome(result, config, told) }
        }
        kept = undefined
      }
    },
  }
}
