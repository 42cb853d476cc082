/** Builds a dBase III file in cp866: columns with their lengths, rows as lists of texts. */
export function buildDbf(
  columns: readonly (readonly [name: string, length: number])[],
  rows: readonly (readonly string[])[],
  { driver = 0x65, deleted = [] }: { readonly driver?: number; readonly deleted?: readonly number[] } = {},
): Uint8Array {
  const length = 1 + columns.reduce((sum, [, size]) => sum + size, 0)
  const start = 32 + 32 * columns.length + 1
  const bytes = new Uint8Array(start + rows.length * length + 1)
  const view = new DataView(bytes.buffer)
  bytes[0] = 3
  view.setUint32(4, rows.length, true)
  view.setUint16(8, start, true)
  view.setUint16(10, length, true)
  bytes[29] = driver
  columns.forEach(([name, size], index) => {
    bytes.set(new TextEncoder().encode(name), 32 + 32 * index)
    bytes[32 + 32 * index + 11] = 'C'.charCodeAt(0)
    bytes[32 + 32 * index + 16] = size
  })
  bytes[start - 1] = 0x0d
  rows.forEach((row, index) => {
    let at = start + index * length
    bytes[at] = deleted.includes(index) ? 0x2a : 0x20
    at += 1
    columns.forEach(([, size], column) => {
      bytes.fill(0x20, at, at + size)
      bytes.set(encode(row[column] ?? '', driver).subarray(0, size), at)
      at += size
    })
  })
  bytes[bytes.length - 1] = 0x1a
  return bytes
}

/** KLADR.DBF as the tax service publishes it. */
export function buildKladr(
  rows: readonly (readonly [name: string, type: string, code: string])[],
  options = {},
) {
  const columns = [
    ['NAME', 40],
    ['SOCR', 10],
    ['CODE', 13],
    ['INDEX', 6],
    ['GNINMB', 4],
    ['UNO', 4],
    ['OCATD', 11],
    ['STATUS', 1],
  ] as const
  return buildDbf(columns, rows, options)
}

/** STREET.DBF as the tax service publishes it. The last part of a row is the post index. */
export function buildStreets(
  rows: readonly (
    | readonly [name: string, type: string, code: string, index: string]
    | readonly [name: string, type: string, code: string]
  )[],
  options = {},
) {
  const columns = [
    ['NAME', 40],
    ['SOCR', 10],
    ['CODE', 17],
    ['INDEX', 6],
    ['GNINMB', 4],
    ['UNO', 4],
    ['OCATD', 11],
  ] as const
  return buildDbf(columns, rows, options)
}

/** DOMA.DBF as the tax service publishes it: a row names several houses (`1,3к1,Н(5-31)`) that share a code. */
export function buildHouses(
  rows: readonly (readonly [names: string, code: string, index?: string])[],
  options = {},
) {
  const columns = [
    ['NAME', 40],
    ['KORP', 10],
    ['SOCR', 10],
    ['CODE', 19],
    ['INDEX', 6],
    ['GNINMB', 4],
    ['UNO', 4],
    ['OCATD', 11],
  ] as const
  return buildDbf(
    columns,
    rows.map(([names, code, index = '']) => [names, '', 'ДОМ', code, index]),
    options,
  )
}

/** SOCRBASE.DBF: level, short type, full type. */
export function buildTypes(rows: readonly (readonly [level: string, short: string, full: string])[]) {
  const columns = [
    ['LEVEL', 5],
    ['SCNAME', 10],
    ['SOCRNAME', 29],
    ['KOD_T_ST', 3],
  ] as const
  return buildDbf(columns, rows)
}

const alphabets = new Map(
  ['windows-1251', 'ibm866'].map((encoding) => [
    encoding,
    new Map(
      Array.from({ length: 256 }, (_, code) => [new TextDecoder(encoding).decode(Uint8Array.of(code)), code]),
    ),
  ]),
)

function encode(text: string, driver: number): Uint8Array {
  const alphabet = alphabets.get(driver === 0xc9 ? 'windows-1251' : 'ibm866')
  return Uint8Array.from(text, (letter) => alphabet?.get(letter) ?? 0)
}
