import { PlaceFileError } from './place-file-error.ts'

/** One row of a table with a heading. */
export interface CsvRow {
  /** As spreadsheets count: the heading is row 1. */
  readonly row: number
  /** A column's text, without spaces around it; nothing where the table has no such column. */
  get(column: string): string
}

/**
 * Reads a table in CSV (RFC 4180) in UTF-8, with or without a byte order mark, parted by commas or semicolons. Throws
 * {@link PlaceFileError} on a row that is not whole and on a table that lacks one of the `columns`.
 */
export function* readCsv(bytes: Uint8Array, file: string, columns: readonly string[]): Generator<CsvRow> {
  const text = decode(bytes, file)
  const [heading = ''] = text.split(/\r?\n/, 1)
  const comma = heading.includes(';') && !heading.includes(',') ? ';' : ','
  const rows = readRows(text, comma, file)
  const first = rows.next()
  const names = first.done ? [] : first.value.map((name) => name.trim().toLowerCase())
  const missing = columns.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    throw new PlaceFileError(
      file,
      1,
      `expected a heading with the columns ${columns.join(', ')}; ${missing.join(', ')} missing`,
    )
  }
  let row = 1
  for (const cells of rows) {
    row += 1
    if (cells.length === 1 && cells[0]?.trim() === '') continue
    if (cells.length !== names.length) {
      throw new PlaceFileError(
        file,
        row,
        `expected ${names.length} columns as in the heading, got ${cells.length}`,
      )
    }
    yield { row, get: (name) => cells[names.indexOf(name)]?.trim() ?? '' }
  }
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new PlaceFileError(file, undefined, 'expected text in UTF-8: save it as "CSV UTF-8"')
  }
}

function* readRows(text: string, comma: string, file: string): Generator<readonly string[]> {
  let row = 1
  let cells: string[] = []
  let at = 0
  while (at < text.length) {
    const cell = text[at] === '"' ? quotedCell(text, at, file, row) : plainCell(text, at, comma)
    cells.push(cell.text)
    at = cell.end
    const next = text[at]
    if (next === comma) {
      at += 1
      // A comma at the very end of the text is followed by an empty cell.
      if (at < text.length) continue
      cells.push('')
    } else if (next !== undefined && next !== '\n' && next !== '\r') {
      throw new PlaceFileError(file, row, 'there is text behind a closing quote')
    }
    yield cells
    cells = []
    row += 1
    at += text.startsWith('\r\n', at) ? 2 : 1
  }
}

function plainCell(
  text: string,
  start: number,
  comma: string,
): { readonly text: string; readonly end: number } {
  let end = start
  while (end < text.length && text[end] !== comma && text[end] !== '\n' && text[end] !== '\r') end += 1
  return { text: text.slice(start, end), end }
}

function quotedCell(
  text: string,
  start: number,
  file: string,
  row: number,
): { readonly text: string; readonly end: number } {
  let end = start + 1
  for (;;) {
    end = text.indexOf('"', end)
    if (end < 0) throw new PlaceFileError(file, row, 'a quote is opened here and never closed')
    if (text[end + 1] !== '"') break
    end += 2
  }
  return { text: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 }
}
