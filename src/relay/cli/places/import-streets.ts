import { basename } from 'node:path'
import type { Fetch } from '../../../delivery/send-http.ts'
import { inspectStreetFiles, readStreetFiles } from '../../places/import/street-dbf.ts'
import {
  maxRowsOfRequest,
  type NewStreetList,
  type StreetPart,
  type StreetRows,
} from '../../places/streets/street-rows.ts'
import type { StreetList } from '../../places/streets/street-tables.ts'
import type { LoadedConfig } from '../read-config-file.ts'
import { formatCount, printLine } from './print-line.ts'
import { type StreetImporter, withStreetStore } from './with-street-store.ts'

const names = { streets: 'streets', houses: 'rows of houses' } as const satisfies Record<StreetList, string>

/** Files of one directory that have been read through without an error. */
export interface InspectedStreets {
  readonly files: readonly string[]
  readonly content: NewStreetList
}

/** Reads files of streets or houses through, and prints what they hold. */
export async function inspectStreets(
  list: StreetList,
  files: readonly string[],
): Promise<readonly InspectedStreets[]> {
  if (files.length === 0) return []
  const content = await inspectStreetFiles(list, files, (file, { rows, skipped }) => {
    const others = skipped > 0 ? `, ${formatCount(skipped)} other rows` : ''
    printLine(`${basename(file)}: ${formatCount(rows)} ${names[list]}${others}`)
  })
  return [{ files, content }]
}

/** Imports streets and houses, through the running relay or into its database. Each directory is replaced in one step. */
export async function importStreets(
  inspected: readonly InspectedStreets[],
  loadedConfig: LoadedConfig,
  fetch: Fetch,
): Promise<void> {
  if (inspected.length === 0) return
  await withStreetStore(loadedConfig, fetch, async (importer) => {
    if (importer.isRemote) printLine('The relay is running: the streets go through it.')
    for (const one of inspected) await importList(one, importer)
  })
}

async function importList({ files, content }: InspectedStreets, importer: StreetImporter): Promise<void> {
  const { list, rows } = content
  const begun = await importer.begin(content)
  if (begun === 'unchanged') {
    printLine(`Nothing to do: these ${names[list]} are in use already.`)
    return
  }
  const { generation } = begun
  let { loaded } = begun
  if (loaded > 0) printLine(`Goes on after ${formatCount(loaded)} ${names[list]} of an interrupted import.`)
  let printed = loaded
  let isInUse = false
  for await (const part of toParts(readStreetFiles(list, files), loaded)) {
    ;({ loaded, isInUse } = await importer.append(generation, part))
    if (loaded < printed + 100_000) continue
    printed = loaded
    printLine(`${formatCount(loaded)} of ${formatCount(rows)} ${names[list]}`)
  }
  // Everything was stored before the interruption.
  if (!isInUse) await importer.append(generation, { ...toRows(list, []), first: loaded })
  printLine(`Done: ${formatCount(rows)} ${names[list]} are in use.`)
}

/** The rows in parts for a request each, without those that are stored already. */
async function* toParts(pieces: AsyncIterable<StreetRows>, stored: number): AsyncGenerator<StreetPart> {
  let before = 0
  for await (const piece of pieces) {
    for (let start = Math.max(0, stored - before); start < piece.rows.length; start += maxRowsOfRequest)
      yield { ...slicePart(piece, start), first: before + start }
    before += piece.rows.length
  }
}

function slicePart(piece: StreetRows, start: number): StreetRows {
  const end = start + maxRowsOfRequest
  return piece.list === 'streets'
    ? { list: piece.list, rows: piece.rows.slice(start, end) }
    : { list: piece.list, rows: piece.rows.slice(start, end) }
}

function toRows(list: StreetList, rows: readonly never[]): StreetRows {
  return list === 'streets' ? { list, rows } : { list, rows }
}
