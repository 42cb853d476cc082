import type { ListResult, ProviderCity, ProviderRegion } from '../../providers/core/provider.ts'
import type { CallContext, HttpRequest, HttpResult } from '../../providers/core/context.ts'

/** The request for one list of a provider, with a destination's credentials, and its outcome. */
export interface ListOperation<Item> {
  request(context: CallContext): HttpRequest
  outcome(result: HttpResult, context: CallContext): ListResult<Item>
}

/** The lists of places of a provider, read with the credentials of one destination. */
export interface ListSource {
  /** The name of the list. Destinations with the same name share it. Holds no credentials. */
  readonly source: string
  readonly regions: ListOperation<ProviderRegion>
  readonly cities: ListOperation<ProviderCity>
}
