import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { PlaceFileError, toPlaceFileError } from './imported-places.ts'

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

/** What the header of a dBase file says. */
interface Header {
  readonly columns: readonly Column[]
  readonly count: number
  /** The offset of the first record, and the length of each, in bytes. */
  readonly start: number
  readonly length: number
  readonly decoder: TextDecoder
}

/**
 * Reads the records of a dBase III file, without the deleted ones. Throws {@link PlaceFileError} for a truncated file and
 * for one that lacks one of the `columns`. Format: https://www.dbase.com/KnowledgeBase/int/db7_file_fmt.htm, which
 * describes a later version.
 */
export function* readDbf(bytes: Uint8Array, file: string, columns: readonly string[]): Generator<DbfRecord> {
  const header = readHeader(bytes, bytes.length, file)
  requireColumns(header, file, columns)
  const { start, count, length } = header
  yield* readRecords(bytes.subarray(start, start + count * length), 0, header, file)
}

/** A dBase file that is open, however large it is. */
export interface OpenDbf {
  /** The lengths of the columns in characters. */
  readonly columns: ReadonlyMap<string, number>
  /** With the deleted ones. */
  readonly count: number
  /** Reads the records in pieces, without the deleted ones. Throws as {@link readDbf} does. */
  read(columns: readonly string[]): AsyncGenerator<readonly DbfRecord[]>
  close(): Promise<void>
}

/** The size of a piece, and the largest possible header. */
const pieceBytes = 256 * 1024
const maxHeaderBytes = 65_536

/** Opens a dBase file. Throws {@link PlaceFileError} if it is no such file. */
export async function openDbf(path: string): Promise<OpenDbf> {
  const file = basename(path)
  const handle = await open(path).catch((error: unknown) => {
    throw toPlaceFileError(error, path)
  })
  try {
    const { size } = await handle.stat()
    const bytes = await readExactly(handle, 0, Math.min(size, maxHeaderBytes))
    const header = readHeader(bytes, size, file)
    const { start, count, length } = header
    const perPiece = Math.max(1, Math.floor(pieceBytes / length))
    return {
      columns: new Map(header.columns.map((column) => [column.name, column.length])),
      count,
      async *read(columns) {
        requireColumns(header, file, columns)
        for (let first = 0; first < count; first += perPiece) {
          const records = Math.min(perPiece, count - first)
          const piece = await readExactly(handle, start + first * length, records * length)
          yield [...readRecords(piece, first, header, file)]
        }
      },
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error instanceof PlaceFileError ? error : toPlaceFileError(error, path)
  }
}

async function readExactly(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done)
    // The file has become shorter since it was opened.
    if (bytesRead === 0) throw new Error('The file ends too early')
    done += bytesRead
  }
  return bytes
}

function readHeader(bytes: Uint8Array, size: number, file: string): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 33) throw new PlaceFileError(file, undefined, 'not a DBF file: it is too short')
  const [count, start, length] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)]
  const columns = readColumns(bytes, start)
  const end = Math.max(...columns.map((column) => column.offset + column.length), 1)
  if (![3, 0x30, 0x83, 0x8b].includes(bytes[0] ?? 0) || columns.length === 0 || end > length) {
    throw new PlaceFileError(file, undefined, 'not a DBF file: the header is invalid')
  }
  const decoder = new TextDecoder(windows1251Drivers.has(bytes[29] ?? 0) ? 'windows-1251' : 'ibm866')
  const complete = Math.floor((size - start) / length)
  return { columns, start, length, decoder, count: requireRows(count, complete, file) }
}

function requireRows(count: number, complete: number, file: string): number {
  if (complete >= count) return count
  throw new PlaceFileError(
    file,
    complete + 1,
    `the file ends here, but it should have ${count} rows: copy it again`,
  )
}

function requireColumns({ columns }: Header, file: string, names: readonly string[]): void {
  if (names.every((name) => columns.some((column) => column.name === name))) return
  const found = columns.map(({ name }) => name).join(', ')
  throw new PlaceFileError(file, undefined, `expected the columns ${names.join(', ')}; the file has ${found}`)
}

/** Reads the records of a piece of a file, of which `before` are before it. */
function* readRecords(
  bytes: Uint8Array,
  before: number,
  { columns, length, decoder }: Header,
  file: string,
): Generator<DbfRecord> {
  // Each byte is one character in both encodings.
  const text = decoder.decode(bytes)
  for (let at = 0; at < bytes.length; at += length) {
    const row = before + at / length + 1
    const mark = bytes[at]
    // `*` marks a deleted record, a space any other.
    if (mark === 0x2a) continue
    if (mark !== 0x20)
      throw new PlaceFileError(file, row, 'the row is damaged: it does not begin where it should')
    yield {
      row,
      get(name) {
        const column = columns.find((one) => one.name === name)
        if (!column) return ''
        const from = at + column.offset
        return text
          .slice(from, from + column.length)
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
