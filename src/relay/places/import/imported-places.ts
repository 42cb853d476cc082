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

/** Describes why a file could not be read. */
export function toPlaceFileError(error: unknown, file: string): PlaceFileError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
  const problem = code === 'ENOENT' ? 'there is no such file' : `it could not be read (${code})`
  return new PlaceFileError(file, undefined, problem)
}
