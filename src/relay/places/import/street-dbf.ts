import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { isHouseKladr, isStreetKladr } from '../../../fields/place/kladr.ts'
import { type HouseRow, type NewStreetList, type StreetRow, type StreetRows } from '../streets/street-rows.ts'
import type { StreetList } from '../streets/street-tables.ts'
import { type DbfRecord, openDbf } from './dbf.ts'
import { PlaceFileError } from './imported-places.ts'

/** Files of a KLADR import by what they hold. */
export interface SortedFiles {
  /** KLADR.DBF, SOCRBASE.DBF and CSV files, and files of an unknown kind. */
  readonly places: readonly string[]
  /** STREET.DBF. */
  readonly streets: readonly string[]
  /** DOMA.DBF. */
  readonly houses: readonly string[]
}

/** The digits of the codes in a file tell what it holds, whatever it is called. */
const listOfCodeLength: Readonly<Record<number, StreetList>> = { 17: 'streets', 19: 'houses' }

/** Sorts the files of an import. Throws {@link PlaceFileError} for a DBF file that cannot be read. */
export async function sortPlaceFiles(files: readonly string[]): Promise<SortedFiles> {
  const sorted: Record<keyof SortedFiles, string[]> = { places: [], streets: [], houses: [] }
  for (const file of files) sorted[await detectList(file)].push(file)
  return sorted
}

async function detectList(file: string): Promise<keyof SortedFiles> {
  if (!/\.dbf$/i.test(file)) return 'places'
  const dbf = await openDbf(file)
  await dbf.close()
  return listOfCodeLength[dbf.columns.get('CODE') ?? 0] ?? 'places'
}

/** What a file holds. */
export interface StreetFileContent {
  readonly rows: number
  /** Former names, and rows without a name. */
  readonly skipped: number
}

/**
 * Reads files of streets or houses from the first row to the last, so that an error in any row is known before anything
 * is changed. Throws {@link PlaceFileError}.
 */
export async function inspectStreetFiles(
  list: StreetList,
  files: readonly string[],
  onFile: (file: string, content: StreetFileContent) => void,
): Promise<NewStreetList> {
  const hash = createHash('sha256')
  let total = 0
  for (const file of files) {
    let [rows, skipped] = [0, 0]
    for await (const piece of readPieces(list, file)) {
      rows += piece.part.rows.length
      skipped += piece.skipped
      hash.update(JSON.stringify(piece.part.rows))
    }
    onFile(file, { rows, skipped })
    total += rows
  }
  if (total === 0)
    throw new PlaceFileError(
      files.map((file) => basename(file)).join(', '),
      undefined,
      `there is no ${list === 'streets' ? 'street' : 'house'} in it`,
    )
  return { list, fingerprint: hash.digest('hex'), rows: total }
}

/** Reads the rows of files of streets or houses in pieces. Throws {@link PlaceFileError}. */
export async function* readStreetFiles(
  list: StreetList,
  files: readonly string[],
): AsyncGenerator<StreetRows> {
  for (const file of files) for await (const { part } of readPieces(list, file)) yield part
}

interface Piece {
  readonly part: StreetRows
  readonly skipped: number
}

async function* readPieces(list: StreetList, path: string): AsyncGenerator<Piece> {
  const file = basename(path)
  const dbf = await openDbf(path)
  try {
    for await (const records of dbf.read(list === 'streets' ? ['NAME', 'SOCR', 'CODE'] : ['NAME', 'CODE'])) {
      const part: StreetRows =
        list === 'streets'
          ? { list, rows: records.flatMap((record) => readStreet(record, file) ?? []) }
          : { list, rows: records.flatMap((record) => readHouses(record, file) ?? []) }
      yield { part, skipped: records.length - part.rows.length }
    }
  } finally {
    await dbf.close()
  }
}

/** A current street. Other codes than …00 are those of former names. */
function readStreet(record: DbfRecord, file: string): readonly [StreetRow] | undefined {
  const [code, name] = [record.get('CODE'), record.get('NAME')]
  if (!/^(?!00)\d{17}$/.test(code)) throw createCodeError(record, file, code, 17)
  return isStreetKladr(code) && name !== ''
    ? [[code, name, record.get('SOCR'), readIndex(record)]]
    : undefined
}

function readHouses(record: DbfRecord, file: string): readonly [HouseRow] | undefined {
  const [code, names] = [record.get('CODE'), record.get('NAME')]
  if (!isHouseKladr(code)) throw createCodeError(record, file, code, 19)
  return names === '' ? undefined : [[code, names, readIndex(record)]]
}

function createCodeError({ row }: DbfRecord, file: string, code: string, digits: number): PlaceFileError {
  return new PlaceFileError(file, row, `CODE: expected ${digits} digits, got ${JSON.stringify(code)}`)
}

/** The post index; `null` where the file has none. */
function readIndex(record: DbfRecord): string | null {
  const index = record.get('INDEX')
  return /^(?!0{6})\d{6}$/.test(index) ? index : null
}
