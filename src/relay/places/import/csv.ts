import { pipeline } from 'node:stream'
import { CsvError, type CsvErrorCode, parse } from 'csv-parse'
import { PlaceFileError } from './imported-places.ts'

/** One row of a CSV file with a header. */
export interface CsvRow {
  /** From 1, as spreadsheets count: the header is row 1. */
  readonly row: number
  /** The trimmed text of a column. Empty if the file has no such column. */
  get(column: string): string
}

/**
 * Reads the rows of a CSV file (RFC 4180) in UTF-8, with or without a byte order mark, with commas or semicolons as
 * delimiters. Throws {@link PlaceFileError} for a malformed row and for a file that lacks one of the `columns`. The case
 * of column names does not matter.
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  columns: readonly string[],
): AsyncGenerator<CsvRow> {
  let names: readonly string[] | undefined
  let row = 0
  for await (const cells of parseCsvRows(decodeUtf8(bytes, file), file)) {
    row += 1
    if (names === undefined) {
      names = cells.map((name) => name.trim().toLowerCase())
      requireColumns(names, columns, file)
      continue
    }
    if (cells.length === 1 && cells[0]?.trim() === '') continue
    if (cells.length !== names.length) {
      throw new PlaceFileError(
        file,
        row,
        `expected ${names.length} columns as in the header, got ${cells.length}`,
      )
    }
    const header = names
    yield { row, get: (name) => cells[header.indexOf(name)]?.trim() ?? '' }
  }
  if (names === undefined) requireColumns([], columns, file)
}

function requireColumns(names: readonly string[], columns: readonly string[], file: string): void {
  const missing = columns.filter((name) => !names.includes(name))
  if (missing.length === 0) return
  throw new PlaceFileError(
    file,
    1,
    `expected a header with the columns ${columns.join(', ')}; ${missing.join(', ')} missing`,
  )
}

/**
 * Parses the cells of all rows, with commas, semicolons or tabs as delimiters. Throws {@link PlaceFileError} for a malformed
 * row. With `relaxedQuotes`, a quote inside an unquoted cell is a character like any other.
 */
export async function* parseCsvRows(
  texts: AsyncGenerator<string>,
  file: string,
  { relaxedQuotes = false }: { readonly relaxedQuotes?: boolean } = {},
): AsyncGenerator<readonly string[]> {
  const first = (await texts.next()).value ?? ''
  const parser = parse({
    delimiter: detectDelimiter(first),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: relaxedQuotes,
  })
  pipeline(prepend(first, texts), parser, () => {
    // The loop below receives the errors.
  })
  try {
    for await (const cells of parser) yield cells
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // `records` counts the rows before the malformed one.
    throw new PlaceFileError(file, Number(error['records']) + 1, csvProblems[error.code] ?? error.message)
  }
}

/** csv-parse's own detection (`delimiter_auto`) throws on letters outside ASCII. */
function detectDelimiter(text: string): ',' | ';' | '\t' {
  const [header = ''] = text.split(/\r?\n/, 1)
  // Names have commas in them, but no semicolons and tabs.
  if (header.includes('\t')) return '\t'
  return header.includes(';') && !header.includes(',') ? ';' : ','
}

const csvProblems: Partial<Record<CsvErrorCode, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened here and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'there is text after a closing quote',
  INVALID_OPENING_QUOTE:
    'there is a quote inside a cell: enclose the cell in quotes and double the inner one',
}

/** Decodes UTF-8 and drops a byte order mark. csv-parse replaces malformed bytes, and this must refuse them. */
async function* decodeUtf8(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      throw new PlaceFileError(file, undefined, 'expected text in UTF-8: save it as "CSV UTF-8"')
    }
  }
  for await (const chunk of bytes) yield decode(chunk)
  yield decode()
}

async function* prepend(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}
