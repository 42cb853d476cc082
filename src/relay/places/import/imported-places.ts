/** A city or village of an imported file. */
export interface ImportedCity {
  /** 13 digits. */
  readonly kladr: string
  readonly name: string
  /** The abbreviated type of KLADR: `г`, `с`. */
  readonly type: string
  readonly population?: number | undefined
}

/** The places of an imported file. */
export interface ImportedPlaces {
  /** Region names by KLADR code, 13 digits. */
  readonly regions: ReadonlyMap<string, string>
  readonly cities: readonly ImportedCity[]
  /** The number of rows that are not cities or villages, or no longer are. */
  readonly skipped: number
}

/** A file of places that cannot be imported. The message names the file, the row if there is one, and the problem. */
export class PlaceFileError extends Error {
  override readonly name = 'PlaceFileError'

  constructor(file: string, row: number | undefined, problem: string) {
    super(`${file}${row === undefined ? '' : `, row ${row}`}: ${problem}`)
  }
}
