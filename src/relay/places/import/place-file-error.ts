/** A file of places that cannot be imported: names the file, the row where there is one, and what is wrong. */
export class PlaceFileError extends Error {
  override readonly name = 'PlaceFileError'

  constructor(file: string, row: number | undefined, problem: string) {
    super(`${file}${row === undefined ? '' : `, row ${row}`}: ${problem}`)
  }
}
