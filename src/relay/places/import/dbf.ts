import { PlaceFileError } from './imported-places.ts'

/** One record of a dBase file. */
export interface DbfRecord {
  /** From 1. */
  readonly row: number
  /** A column's text, without the spaces that fill it up. */
  get(column: string): string
}

interface Column {
  readonly name: string
  readonly offset: number
  readonly length: number
}

/** Language drivers that mean Windows' Cyrillic; the official files say cp866, or nothing. */
const windows1251Drivers: ReadonlySet<number> = new Set([0x57, 0xc9])

/**
 * Reads the records of a dBase III file that have not been deleted. Throws {@link PlaceFileError} on a file that is not
 * whole or lacks one of the `columns`. Format: https://www.dbase.com/KnowledgeBase/int/db7_file_fmt.htm and its forerunners.
 */
export function* readDbf(bytes: Uint8Array, file: string, columns: readonly string[]): Generator<DbfRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 33) throw new PlaceFileError(file, undefined, 'this is no DBF file: it is too short')
  const [count, start, length] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)]
  const found = readColumns(bytes, start)
  const end = Math.max(...found.map((column) => column.offset + column.length), 1)
  if (![3, 0x30, 0x83, 0x8b].includes(bytes[0] ?? 0) || found.length === 0 || end > length) {
    throw new PlaceFileError(file, undefined, 'this is no DBF file: its head makes no sense')
  }
  const missing = columns.filter((name) => !found.some((column) => column.name === name))
  if (missing.length > 0) {
    const names = found.map(({ name }) => name).join(', ')
    throw new PlaceFileError(file, undefined, `expected the columns ${columns.join(', ')}; it has ${names}`)
  }
  const whole = Math.floor((bytes.length - start) / length)
  if (whole < count) {
    throw new PlaceFileError(
      file,
      whole + 1,
      `the file ends here, but it should have ${count} rows: copy it again`,
    )
  }
  const decoder = new TextDecoder(windows1251Drivers.has(bytes[29] ?? 0) ? 'windows-1251' : 'ibm866')
  for (let index = 0; index < count; index += 1) {
    const at = start + index * length
    const mark = bytes[at]
    // A star marks a deleted record, a space any other.
    if (mark === 0x2a) continue
    if (mark !== 0x20)
      throw new PlaceFileError(file, index + 1, 'the row is damaged: it does not begin where it should')
    yield {
      row: index + 1,
      get(name) {
        const column = found.find((one) => one.name === name)
        if (!column) return ''
        const from = at + column.offset
        return decoder
          .decode(bytes.subarray(from, from + column.length))
          .replace(/[\0 ]+$/, '')
          .trim()
      },
    }
  }
}

/** The descriptions of columns, 32 bytes each, up to a carriage return. */
function readColumns(bytes: Uint8Array, start: number): readonly Column[] {
  const columns: Column[] = []
  let offset = 1
  for (let at = 32; at + 32 <= Math.min(start, bytes.length) && bytes[at] !== 0x0d; at += 32) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 11)).replace(/\0.*$/s, '')
    const length = bytes[at + 16] ?? 0
    columns.push({ name, offset, length })
    offset += length
  }
  return columns
}
