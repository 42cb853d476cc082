import type { ListedCity, ListedRegion } from '../../providers/place-list.ts'
import type { CallContext, HttpRequest, HttpResult, ListAnswer } from '../../providers/provider.ts'

/** One list that a destination's provider has, with the destination's credentials. */
export interface ListCall<Item> {
  request(context: CallContext): HttpRequest
  outcome(result: HttpResult, context: CallContext): ListAnswer<Item>
}

/** A provider's lists of places, as one destination may read them. */
export interface PlaceLists {
  /** Names the list; destinations with the same name share it. Holds no credential. */
  readonly source: string
  readonly regions: ListCall<ListedRegion>
  readonly cities: ListCall<ListedCity>
}
