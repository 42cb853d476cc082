import type { BoundOperation } from '../../providers/core/bind-operation.ts'
import type { ListResult, ProviderCity, ProviderRegion } from '../../providers/core/provider.ts'
import type { CallContext } from '../../providers/core/context.ts'

/** A provider's lists of places with the credentials of one destination. */
export interface ListSource {
  /** Names the list. Destinations with the same name share it. Holds no credential. */
  readonly source: string
  readonly regions: BoundOperation<CallContext, ListResult<ProviderRegion>>
  readonly cities: BoundOperation<CallContext, ListResult<ProviderCity>>
  /** The same lists at the provider's other addresses. */
  readonly mirrors?: readonly Pick<ListSource, 'regions' | 'cities'>[]
}
