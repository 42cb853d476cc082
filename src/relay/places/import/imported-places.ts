/** A city of a file, under its code. */
export interface ImportedCity {
  /** 13 digits. */
  readonly kladr: string
  readonly name: string
  /** KLADR's short type. */
  readonly type: string
  readonly population?: number | undefined
}

/** What a file holds. */
export interface ImportedPlaces {
  /** Names of regions by their codes of 13 digits. */
  readonly regions: ReadonlyMap<string, string>
  readonly cities: readonly ImportedCity[]
  /** Rows that are no cities or villages, or no longer so. */
  readonly skipped: number
}

/** A file of places that cannot be imported: names the file, the row where there is one, and what is wrong. */
export class PlaceFileError extends Error {
  override readonly name = 'PlaceFileError'

  constructor(file: string, row: number | undefined, problem: string) {
    super(`${file}${row === undefined ? '' : `, row ${row}`}: ${problem}`)
  }
}
