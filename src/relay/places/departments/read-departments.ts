import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { safeParse } from 'valibot'
import { fields } from '../../../fields/fields.ts'
import { parseCsvRows } from '../import/csv.ts'
import { PlaceFileError, toPlaceFileError } from '../import/imported-places.ts'
import { decodeRussianText } from './decode-russian-text.ts'

/** The names of departments that issue passports, by department code (`720-001`), in the order of the file. */
export type Departments = ReadonlyMap<string, readonly string[]>

/** What a file of departments holds. */
export interface ReadDepartments {
  readonly departments: Departments
  /** How many names are left out, because no form accepts them as an answer. */
  readonly leftOut: number
}

/** The public file has 1.6 MB. */
const maxFileBytes = 32 * 1024 * 1024

/** More names of one code than any list shows. The public file has 14 at most. */
const maxNamesOfCode = 100

/**
 * Reads a CSV file of department codes and names, such as the public hflabs/fms-unit: in UTF-8 or windows-1251, with or
 * without a header. Rows that repeat a name of a code are read once. Throws {@link PlaceFileError}.
 */
export async function readDepartmentFile(path: string): Promise<ReadDepartments> {
  return parseDepartments(decodeRussianText(await readWholeFile(path), basename(path)), basename(path))
}

async function readWholeFile(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    const stream: AsyncIterable<Uint8Array> = createReadStream(path)
    for await (const chunk of stream) {
      size += chunk.length
      if (size > maxFileBytes) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw toPlaceFileError(error, path)
  }
  if (size > maxFileBytes)
    throw new PlaceFileError(
      basename(path),
      undefined,
      `expected at most ${maxFileBytes / 1024 / 1024} MB: this is no file of departments`,
    )
  return Buffer.concat(chunks)
}

async function parseDepartments(text: string, file: string): Promise<ReadDepartments> {
  const found = new Map<string, Map<string, string>>()
  let columns: Columns | undefined
  let [row, named, leftOut] = [0, 0, 0]
  let firstLeftOut = 0
  for await (const cells of parseCsvRows(toTexts(text), file, { relaxedQuotes: true })) {
    row += 1
    if (cells.every((cell) => cell.trim() === '')) continue
    if (columns === undefined) {
      const header = findColumns(cells)
      columns = header ?? withoutHeader(cells, file, row)
      if (header) continue
    }
    const code = parseCode(cells[columns.code] ?? '', file, row)
    const name = parseName(readName(cells, columns, file, row))
    named += 1
    if (name === undefined) {
      leftOut += 1
      firstLeftOut ||= row
      continue
    }
    const names = found.get(code) ?? new Map<string, string>()
    const key = name.toLowerCase()
    if (!names.has(key)) names.set(key, name)
    if (names.size > maxNamesOfCode)
      throw new PlaceFileError(
        file,
        row,
        `the code ${code} has more than ${maxNamesOfCode} names: this is no file of departments`,
      )
    found.set(code, names)
  }
  if (named === 0) throw new PlaceFileError(file, undefined, `there is no department in it: ${expectation}`)
  if (leftOut * 10 > named)
    throw new PlaceFileError(
      file,
      firstLeftOut,
      `expected a name in Russian letters of at most 255 characters; ${leftOut} of ${named} rows have none: save the file as "CSV UTF-8"`,
    )
  return {
    departments: new Map([...found].map(([code, names]) => [code, [...names.values()]])),
    leftOut,
  }
}

/** The positions of the columns in a row. */
interface Columns {
  readonly code: number
  readonly name: number
  /** How many columns the header names. */
  readonly count: number
}

const expectation = 'expected the columns code and name, or rows such as 770-001,ОВД'
const codeTitles = ['code', 'код', 'код подразделения']
const nameTitles = ['name', 'название', 'наименование', 'кем выдан']

/** Finds the columns by the titles of a header; `undefined` if it has no such titles. */
function findColumns(cells: readonly string[]): Columns | undefined {
  const titles = cells.map((cell) => cell.trim().toLowerCase())
  const code = titles.findIndex((title) => codeTitles.includes(title))
  const name = titles.findIndex((title) => nameTitles.includes(title))
  return code < 0 || name < 0 ? undefined : { code, name, count: cells.length }
}

/** The columns of a file without a header, which begins with a code. */
function withoutHeader(cells: readonly string[], file: string, row: number): Columns {
  if (cells.length < 2 || !/^\D{0,3}\d/.test(cells[0] ?? '')) throw new PlaceFileError(file, row, expectation)
  return { code: 0, name: 1, count: 2 }
}

/** The name of a row. Spreadsheets add empty cells at the end. */
function readName(cells: readonly string[], { name, count }: Columns, file: string, row: number): string {
  const last = cells.findLastIndex((cell) => cell.trim() !== '')
  if (last >= count)
    throw new PlaceFileError(
      file,
      row,
      `expected ${count} columns, got ${last + 1}: enclose a name with a delimiter in quotes`,
    )
  return cells[name] ?? ''
}

const { kind: codeKind } = fields.passportIssuedCode
const { kind: nameKind } = fields.passportIssuedBy

function parseCode(cell: string, file: string, row: number): string {
  const text = cell.trim()
  const result = safeParse(codeKind.schema, codeKind.normalize(text))
  if (result.success && typeof result.output === 'string') return result.output
  const hint = /^\d{4,5}$/.test(text) ? ': a spreadsheet has removed the leading zero' : ''
  throw new PlaceFileError(
    file,
    row,
    `expected a code such as 770-001, got ${JSON.stringify(text.slice(0, 40))}${hint}`,
  )
}

/** The name as the form writes it; `undefined` for one that it would not accept. */
function parseName(cell: string): string | undefined {
  const result = safeParse(nameKind.schema, nameKind.normalize(cell))
  return result.success && typeof result.output === 'string' ? result.output : undefined
}

async function* toTexts(text: string): AsyncGenerator<string> {
  yield text
}
