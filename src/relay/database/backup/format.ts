import { createHash, type Hash } from 'node:crypto'
import { literal, number, object, optional, picklist, pipe, record, regex, string } from 'valibot'

/** The version of the format. A file of a newer format is refused. */
export const formatVersion = 1

/** The formats: all leads and places, and the keys of the leads. */
export type BackupFormat = 'anketa-backup' | 'anketa-lead-keys'

/**
 * The first line of a backup. The format does not depend on the engine or on its version: a line of JSON for each row,
 * compressed with gzip.
 */
export const headerSchema = object({
  format: picklist(['anketa-backup', 'anketa-lead-keys']),
  formatVersion: number(),
  /** The version of the database's schema. */
  schema: number(),
  /** ISO 8601. */
  madeAt: string(),
  /** The version of the relay, which is that of the widget. */
  relay: string(),
  /** The name of the file with the keys of the leads, if they are encrypted. */
  keys: optional(pipe(string(), regex(/^[\w-]+\.gz$/))),
})

/** The last line: without it a file has been cut. */
export const endSchema = object({
  end: literal(true),
  /** The rows by their table. */
  rows: record(string(), number()),
  /** The last number that each identity column has given, by table and column: `leads.number`. */
  identities: record(string(), string()),
  /** SHA-256, in hex, of all lines before, each with its line break. */
  sha256: string(),
  /** The number of bytes of these lines. */
  bytes: optional(number()),
})

/** A row of a table, as PostgreSQL writes it in JSON. It is never parsed here: JavaScript would change long numbers. */
export interface BackupRow {
  readonly table: string
  readonly json: string
}

/** Writes a row as a line, without its line break. */
export function formatRow({ table, json }: BackupRow): string {
  // Line breaks of JSON are between its tokens only.
  return `{"table":"${table}","row":${json.replaceAll('\n', ' ')}}`
}

/** Parses the line of a row; `undefined` if it is another line. */
export function parseRow(line: string): BackupRow | undefined {
  const [, table = '', json = ''] = /^\{"table":"([a-z0-9_]+)","row":(\{[^]*\})\}$/.exec(line) ?? []
  return table === '' ? undefined : { table, json }
}

/** The checksum and the size of the lines so far. */
export class LineDigest {
  readonly #hash: Hash = createHash('sha256')
  bytes = 0

  add(line: string): void {
    const content = Buffer.from(`${line}\n`)
    this.bytes += content.length
    this.#hash.update(content)
  }

  finish(): string {
    return this.#hash.digest('hex')
  }
}
