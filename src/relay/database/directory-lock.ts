import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { type InferOutput, number, object, optional, safeParse, string } from 'valibot'
import { parseJson } from '../../providers/core/json.ts'

/** A lock on a folder, held until it is released or this process ends. */
export interface DirectoryLock {
  release(): void
}

/** Another process has locked the folder. The message names it and says what to do. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError'
}

/**
 * Locks a folder for this process, creates it if necessary, and closes it to other users of the machine, because it holds
 * personal data. Throws {@link DirectoryInUseError} if another process has locked it.
 *
 * SQLite takes the lock from the kernel. It ends with the process, even after kill -9, and works between containers that
 * share the folder, where process ids are meaningless.
 */
export async function lockDirectory(
  folder: string,
  owner: { readonly now: number; readonly url?: string | undefined },
): Promise<DirectoryLock> {
  // Imported here, so that an older Node can load this module and report its version.
  const { DatabaseSync } = await import('node:sqlite')
  restrictPermissions(folder)
  const ownerFile = join(folder, 'holder.json')
  const lockFile = join(folder, 'lock.sqlite')
  const lock = new DatabaseSync(lockFile)
  if (statSync(lockFile).uid === process.getuid?.()) chmodSync(lockFile, 0o600)
  try {
    // The lock lasts as long as the transaction, which is never committed.
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!isLockHeld(error)) throw error
    throw new DirectoryInUseError(
      `The folder ${resolve(folder)} is in use by ${describeOwner(ownerFile)}: stop it first, or give this one another folder.`,
    )
  }
  // For people and commands; only the lock decides whether the folder is in use.
  const record = {
    pid: process.pid,
    host: hostname(),
    startedAt: new Date(owner.now).toISOString(),
    url: owner.url,
    key: randomBytes(32).toString('base64url'),
  }
  writeFileSync(ownerFile, `${JSON.stringify(record)}\n`, { mode: 0o600 })
  return {
    release() {
      rmSync(ownerFile, { force: true })
      lock.close()
    },
  }
}

/** Records the address where the folder's owner listens, for commands that go through it. */
export function recordOwnerAddress(folder: string, host: string | undefined, port: number): void {
  const file = join(folder, 'holder.json')
  const address = localAddress(host, port)
  writeFileSync(file, `${JSON.stringify({ ...readOwner(file), address })}\n`, { mode: 0o600 })
}

/** The address at which this machine reaches a server on `host`; on all interfaces it is the loopback address. */
export function localAddress(host: string | undefined, port: number): string {
  const name = host === undefined || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** The address where the folder's owner listens, if it has recorded one. */
export function readOwnerAddress(folder: string): string | undefined {
  return readOwner(join(folder, 'holder.json')).address
}

/**
 * The key that commands on this machine use with the folder's owner. It is another one after every start, and only who
 * could also read the database can read it.
 */
export function readLocalKey(folder: string): string | undefined {
  return readOwner(join(folder, 'holder.json')).key
}

const ownerSchema = object({
  pid: optional(number()),
  host: optional(string()),
  startedAt: optional(string()),
  url: optional(string()),
  address: optional(string()),
  key: optional(string()),
})

/** Returns an empty record if the file is missing or incomplete. */
function readOwner(file: string): InferOutput<typeof ownerSchema> {
  try {
    const record = safeParse(ownerSchema, parseJson(readFileSync(file, 'utf8')))
    return record.success ? record.output : {}
  } catch {
    return {}
  }
}

function restrictPermissions(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    throw new Error(
      `The folder ${resolve(folder)} cannot be written by this user (${process.env['USER'] ?? process.getuid?.() ?? 'unknown'}): change its owner, or give the relay another folder.`,
      { cause },
    )
  }
  // Windows has no such modes and reports 0o666 for every file.
  if (process.platform === 'win32' || (statSync(folder).mode & 0o777) === 0o700) return
  try {
    chmodSync(folder, 0o700)
  } catch (cause) {
    throw new Error(
      `The folder ${resolve(folder)} is open to other users, and this user may not change its mode: give the relay a folder of its own.`,
      { cause },
    )
  }
}

/** SQLite's result code for a lock of another process: https://www.sqlite.org/rescode.html#busy */
function isLockHeld(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function describeOwner(file: string): string {
  const { pid, host, startedAt, url } = readOwner(file)
  if (pid === undefined || host === undefined || startedAt === undefined) return 'another relay'
  const at = url === undefined ? '' : ` (${url})`
  return `the relay with process id ${pid} on ${host}${at} since ${startedAt}`
}
