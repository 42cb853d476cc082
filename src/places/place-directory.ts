import type { City, Region } from './place.ts'

/** What cities are asked for. Without a text: all of the region, as far as the directory gives them out at once. */
export interface CityQuery {
  /** A region's id. */
  readonly region?: string | undefined
  /** What a person has typed, as typed: the directory folds case, layout and slips. */
  readonly text?: string | undefined
}

/** Cities that were found, best first. */
export interface CityAnswer {
  readonly cities: readonly City[]
  /** Whether these are all that the query has, so that a longer text of it need not be asked for. */
  readonly complete: boolean
}

/**
 * Where regions and cities come from: a relay, a provider's lists, a static list. Rejects when it cannot tell; whoever
 * asks goes on without, for no lookup may stop a lead.
 */
export interface PlaceDirectory {
  regions(signal?: AbortSignal): Promise<readonly Region[]>
  cities(query: CityQuery, signal?: AbortSignal): Promise<CityAnswer>
}
