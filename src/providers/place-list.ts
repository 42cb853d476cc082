/** A region as a provider lists it. */
export interface ListedRegion {
  /** Tagged by the list: `devtek:40`. */
  readonly id: string
  readonly name: string
  /** 13 digits of KLADR, where the list has them. */
  readonly kladr?: string | undefined
}

/** A city as a provider lists it. */
export interface ListedCity extends ListedRegion {
  /** Id of its region, tagged likewise. */
  readonly regionId: string
}
