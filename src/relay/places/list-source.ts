import type { ListResult, ProviderCity, ProviderRegion } from '../../providers/core/provider.ts'
import type { CallContext, HttpRequest, HttpResult } from '../../providers/core/context.ts'

/** One list that a destination's provider has, with the destination's credentials. */
export interface ListOperation<Item> {
  request(context: CallContext): HttpRequest
  outcome(result: HttpResult, context: CallContext): ListResult<Item>
}

/** A provider's lists of places, as one destination may read them. */
export interface ListSource {
  /** Names the list; destinations with the same name share it. Holds no credential. */
  readonly source: string
  readonly regions: ListOperation<ProviderRegion>
  readonly cities: ListOperation<ProviderCity>
}
