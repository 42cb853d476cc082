import type { City, Region } from './place.ts'

/** A query for cities. Without a text: all cities of the region, or as many as the directory returns at once. */
export interface CityQuery {
  /** The id of a region. */
  readonly region?: string | undefined
  /** The text as typed. The directory handles case, keyboard layout and typos. */
  readonly text?: string | undefined
}

/** The cities that were found, best match first. */
export interface CityAnswer {
  readonly cities: readonly City[]
  /** Whether these are all matches, so that a longer text needs no new query. */
  readonly complete: boolean
}

/**
 * A source of regions and cities: a relay, a provider's lists, a static list. Rejects when it cannot answer. The caller must
 * work without an answer: a lookup never blocks a lead.
 */
export interface PlaceDirectory {
  regions(signal?: AbortSignal): Promise<readonly Region[]>
  cities(query: CityQuery, signal?: AbortSignal): Promise<CityAnswer>
}
