/** A city of a file, under its code. */
export interface FoundCity {
  /** 13 digits. */
  readonly kladr: string
  readonly name: string
  /** KLADR's short type. */
  readonly type: string
  readonly population?: number | undefined
}

/** What a file holds. */
export interface FoundPlaces {
  /** Names of regions by their codes of 13 digits. */
  readonly regions: ReadonlyMap<string, string>
  readonly cities: readonly FoundCity[]
  /** Rows that are no cities or villages, or no longer so. */
  readonly skipped: number
}

/** The code of the region in which a place lies. */
export function regionOfCode(kladr: string): string {
  return `${kladr.slice(0, 2)}00000000000`
}
