/**
 * A page's own list of places, as JSON: `{ "cities": ["Тюмень", { "name": "Киров", "region": "Калужская область" }] }`.
 * Regions are the federal subjects, or those in `regions`, and any others that the cities name.
 */
export interface StaticPlaceList {
  readonly cities: readonly (string | StaticCity)[]
  readonly regions?: readonly (string | StaticRegion)[] | undefined
}

/** A city of a page's own list. */
export interface StaticCity {
  /** Without its type: `Тюмень`. */
  readonly name: string
  /** Name of the region. Optional if `kladr` is given, and for cities that are regions themselves. */
  readonly region?: string | undefined
  /** 13 digits of KLADR. */
  readonly kladr?: string | undefined
  /** KLADR's short type, `г` by default. */
  readonly type?: string | undefined
  readonly population?: number | undefined
}

/** A region of a page's own list. */
export interface StaticRegion {
  readonly name: string
  /** 13 digits of KLADR. */
  readonly kladr?: string | undefined
}
