import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { type InferOutput, safeParse } from 'valibot'
import { parseJson } from '../../../providers/core/json.ts'
import {
  type BackupFormat,
  type BackupRow,
  endSchema,
  formatVersion,
  headerSchema,
  LineDigest,
  parseRow,
} from './format.ts'

/** A backup cannot be restored. The message says why and what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/** What a complete backup says about itself. */
export interface BackupSummary {
  readonly header: InferOutput<typeof headerSchema>
  readonly end: InferOutput<typeof endSchema>
  /** The size of the rows in bytes. */
  readonly bytes: number
}

/**
 * Reads a whole backup and compares it with its checksum and its counts. Throws {@link BackupError} if it was cut or
 * changed, or is of a newer format. Nothing but the file is needed.
 */
export async function verifyBackup(
  file: string,
  format: BackupFormat = 'anketa-backup',
): Promise<BackupSummary> {
  const lines = readLines(file)
  const first = await lines.next()
  const header = safeParse(headerSchema, parseJson(first.done ? '' : first.value))
  if (!header.success || header.output.format !== format) throw notABackupError(file)
  if (header.output.formatVersion > formatVersion) throw newerError(file, header.output.relay)
  const digest = new LineDigest()
  digest.add(first.value ?? '')
  const rows: Record<string, number> = {}
  for await (const line of lines) {
    const row = parseRow(line)
    if (row) {
      digest.add(line)
      rows[row.table] = (rows[row.table] ?? 0) + 1
      continue
    }
    const end = safeParse(endSchema, parseJson(line))
    const isComplete = (await lines.next()).done === true
    if (!end.success || !isComplete || end.output.sha256 !== digest.finish()) throw damagedError(file)
    for (const [table, count] of Object.entries(end.output.rows))
      if ((rows[table] ?? 0) !== count) throw damagedError(file)
    return { header: header.output, end: end.output, bytes: digest.bytes }
  }
  throw cutError(file)
}

/** The rows of a verified backup, in the order in which they can be stored. */
export async function* readBackupRows(file: string): AsyncGenerator<BackupRow> {
  for await (const line of readLines(file)) {
    const row = parseRow(line)
    if (row) yield row
  }
}

/** A backup of a newer relay. */
export function newerError(file: string, relay: string): BackupError {
  return new BackupError(
    `${basename(file)} was made by a newer relay (version ${relay}): install that version or a later one. Nothing was changed.`,
  )
}

function cutError(file: string): BackupError {
  return new BackupError(
    `${basename(file)} has been cut: its end is missing. Nothing was changed. Use another backup.`,
  )
}

function notABackupError(file: string): BackupError {
  return new BackupError(
    `${basename(file)} is not a backup of a relay, or it is damaged. Nothing was changed.`,
  )
}

function damagedError(file: string): BackupError {
  return new BackupError(
    `${basename(file)} has been changed or is damaged: its checksum does not match. Nothing was changed. Use another backup.`,
  )
}

/** The lines of a compressed file. Throws {@link BackupError} if it cannot be decompressed to its end. */
async function* readLines(file: string): AsyncGenerator<string> {
  const source = createReadStream(file)
  const text = createGunzip()
  source.on('error', (error) => text.destroy(error))
  source.pipe(text)
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of text) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (cause) {
    throw describeReadError(file, cause)
  } finally {
    source.destroy()
    text.destroy()
  }
  if (rest !== '') yield rest
}

function describeReadError(file: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (!code.startsWith('Z_')) return cause
  return code === 'Z_BUF_ERROR' ? cutError(file) : notABackupError(file)
}
