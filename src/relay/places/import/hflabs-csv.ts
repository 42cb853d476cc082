import { isCityKladr, isRegionKladr, regionKladr } from '../../../fields/place/kladr.ts'
import { type ImportedCity, type ImportedPlaces, PlaceFileError } from './imported-places.ts'
import { formatRegionName } from './region-name.ts'

/** The regions and cities of a CSV with the columns `kladr_id, region, city` and others of the public hflabs/city file. */
export function readHflabsCsv(bytes: Uint8Array, file: string): ImportedPlaces {
  const regions = new Map<string, string>()
  const cities: ImportedCity[] = []
  const rows = new Map<string, number>()
  for (const row of readCsv(bytes, file, ['kladr_id', 'region', 'city'])) {
    const kladr = row.get('kladr_id')
    if (!isCityKladr(kladr))
      throw new PlaceFileError(file, row.row, `kladr_id: ${describeCodeProblem(kladr)}`)
    const earlier = rows.get(kladr)
    if (earlier !== undefined) {
      throw new PlaceFileError(file, row.row, `the code ${kladr} stands in row ${earlier} already`)
    }
    rows.set(kladr, row.row)
    const region = row.get('region')
    if (region === '') throw new PlaceFileError(file, row.row, 'region is empty')
    const code = regionKladr(kladr)
    if (!regions.has(code)) regions.set(code, formatRegionName(code, region, row.get('region_type')))
    cities.push({
      kladr,
      ...readPlaceName(row, file, kladr),
      population: parsePopulation(row.get('population')),
    })
  }
  return { regions, cities, skipped: 0 }
}

/** A settlement's name is the finest that there is; a city that is a region has its name there only. */
function readPlaceName(row: CsvRow, file: string, kladr: string): Pick<ImportedCity, 'name' | 'type'> {
  const levels = ['settlement', 'city', ...(isRegionKladr(kladr) ? ['region'] : ['area'])]
  const level = levels.find((one) => row.get(one) !== '')
  if (level === undefined) throw new PlaceFileError(file, row.row, 'city is empty')
  return { name: row.get(level), type: row.get(`${level}_type`).replace(/\.$/, '') || 'г' }
}

/** Some published numbers carry the mark of a footnote. */
function parsePopulation(text: string): number | undefined {
  const digits = /^\d{1,9}/.exec(text.replace(/[\s\u00A0]/g, ''))?.[0]
  return digits === undefined ? undefined : Number(digits)
}

function describeCodeProblem(kladr: string): string {
  const got = `got ${JSON.stringify(kladr.slice(0, 40))}`
  if (/^\d{12}$/.test(kladr))
    return `expected 13 digits, ${got}: a spreadsheet has taken the leading zero for a number's`
  if (/^\d[,.]\d+E\+?\d+$/i.test(kladr))
    return `expected 13 digits, ${got}: a spreadsheet has taken it for a number`
  return `expected the code of a city, 13 digits that end in 00, ${got}`
}

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
  const text = decodeUtf8(bytes, file)
  const [heading = ''] = text.split(/\r?\n/, 1)
  const comma = heading.includes(';') && !heading.includes(',') ? ';' : ','
  const rows = parseRows(text, comma, file)
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

function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new PlaceFileError(file, undefined, 'expected text in UTF-8: save it as "CSV UTF-8"')
  }
}

function* parseRows(text: string, comma: string, file: string): Generator<readonly string[]> {
  let row = 1
  let cells: string[] = []
  let at = 0
  while (at < text.length) {
    const cell = text[at] === '"' ? parseQuotedCell(text, at, file, row) : parsePlainCell(text, at, comma)
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

function parsePlainCell(
  text: string,
  start: number,
  comma: string,
): { readonly text: string; readonly end: number } {
  let end = start
  while (end < text.length && text[end] !== comma && text[end] !== '\n' && text[end] !== '\r') end += 1
  return { text: text.slice(start, end), end }
}

function parseQuotedCell(
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
