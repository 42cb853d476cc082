import { PlaceFileError } from './imported-places.ts'

/** One record of a dBase file. */
export interface DbfRecord {
  /** From 1. */
  readonly row: number
  /** The text of a column, without its padding. */
  get(column: string): string
}

interface Column {
  readonly name: string
  readonly offset: number
  readonly length: number
}

/** Language driver ids of Windows-1251. The official files have the id of cp866 or none. */
const windows1251Drivers: ReadonlySet<number> = new Set([0x57, 0xc9])

/**
 * Reads the records of a dBase III file, without the deleted ones. Throws {@link PlaceFileError} for a truncated file and
 * for one that lacks one of the `columns`. Format: https://www.dbase.com/KnowledgeBase/int/db7_file_fmt.htm, which
 * describes a later version.
 */
export function* readDbf(bytes: Uint8Array, file: string, columns: readonly string[]): Generator<DbfRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 33) throw new PlaceFileError(file, undefined, 'not a DBF file: it is too short')
  const [count, start, length] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)]
  const found = readColumns(bytes, start)
  const end = Math.max(...found.map((column) => column.offset + column.length), 1)
  if (![3, 0x30, 0x83, 0x8b].includes(bytes[0] ?? 0) || found.length === 0 || end > length) {
    throw new PlaceFileError(file, undefined, 'not a DBF file: the header is invalid')
  }
  const missing = columns.filter((name) => !found.some((column) => column.name === name))
  if (missing.length > 0) {
    const names = found.map(({ name }) => name).join(', ')
    throw new PlaceFileError(
      file,
      undefined,
      `expected the columns ${columns.join(', ')}; the file has ${names}`,
    )
  }
  const complete = Math.floor((bytes.length - start) / length)
  if (complete < count) {
    throw new PlaceFileError(
      file,
      complete + 1,
      `the file ends here, but it should have ${count} rows: copy it again`,
    )
  }
  const decoder = new TextDecoder(windows1251Drivers.has(bytes[29] ?? 0) ? 'windows-1251' : 'ibm866')
  for (let index = 0; index < count; index += 1) {
    const at = start + index * length
    const mark = bytes[at]
    // `*` marks a deleted record, a space any other.
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

/** Reads the column descriptors: 32 bytes each, terminated by a carriage return. */
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
