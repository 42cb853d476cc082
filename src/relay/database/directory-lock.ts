import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { type InferOutput, number, object, optional, safeParse, string } from 'valibot'

/** A folder that is held until released, or until this process ends in whatever way. */
export interface DirectoryLock {
  release(): void
}

/** Another process holds the folder; the message says who and what to do. */
export class DirectoryInUseError extends Error {
  override readonly name = 'FolderInUse'
}

/**
 * Takes a folder for this process alone, creating it if need be, and closes it to other users of the machine: what it
 * holds is personal data. Throws {@link DirectoryInUseError} if it is taken.
 *
 * The lock is the kernel's, taken through SQLite: it ends with the process even after kill -9, and holds between
 * containers that share the folder, where process ids mean nothing.
 */
export async function lockDirectory(
  folder: string,
  note: { readonly now: number; readonly url?: string | undefined },
): Promise<DirectoryLock> {
  // Not at the top: a Node without it could not even load the module that tells so.
  const { DatabaseSync } = await import('node:sqlite')
  restrictPermissions(folder)
  const holderFile = join(folder, 'holder.json')
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'))
  try {
    // Never committed: the lock lasts as long as the transaction.
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!isLockHeld(error)) throw error
    throw new DirectoryInUseError(
      `The folder ${resolve(folder)} is in use by ${describeOwner(holderFile)}: stop it first, or give this one another folder.`,
    )
  }
  // For people and commands; whether the folder is held is the lock's to say.
  const holder = {
    pid: process.pid,
    host: hostname(),
    startedAt: new Date(note.now).toISOString(),
    url: note.url,
  }
  writeFileSync(holderFile, `${JSON.stringify(holder)}\n`, { mode: 0o600 })
  return {
    release() {
      rmSync(holderFile, { force: true })
      lock.close()
    },
  }
}

/** Notes where the process that holds a folder listens, for commands that have to go through it. */
export function recordOwnerAddress(folder: string, host: string | undefined, port: number): void {
  const file = join(folder, 'holder.json')
  const address = localAddress(host, port)
  writeFileSync(file, `${JSON.stringify({ ...readOwner(file), address })}\n`, { mode: 0o600 })
}

/** Where this machine reaches what listens on an interface: all of them are reached by its own. */
export function localAddress(host: string | undefined, port: number): string {
  const name = host === undefined || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** Where the process that holds a folder listens, if it has noted that. */
export function readOwnerAddress(folder: string): string | undefined {
  return readOwner(join(folder, 'holder.json')).address
}

const ownerSchema = object({
  pid: optional(number()),
  host: optional(string()),
  startedAt: optional(string()),
  url: optional(string()),
  address: optional(string()),
})

/** Nothing where it is not written yet, or half written. */
function readOwner(file: string): InferOutput<typeof ownerSchema> {
  try {
    const holder = safeParse(ownerSchema, JSON.parse(readFileSync(file, 'utf8')))
    return holder.success ? holder.output : {}
  } catch {
    return {}
  }
}

function restrictPermissions(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Windows has no such modes, and tells 0o666 of everything.
  if (process.platform === 'win32' || (statSync(folder).mode & 0o777) === 0o700) return
  try {
    chmodSync(folder, 0o700)
  } catch (cause) {
    throw new Error(
      `The folder ${resolve(folder)} is open to other users and is not this user's to close: give the relay a folder of its own.`,
      { cause },
    )
  }
}

/** SQLite's result code for a lock that someone else holds: https://www.sqlite.org/rescode.html#busy */
function isLockHeld(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function describeOwner(file: string): string {
  const { pid, host, startedAt, url } = readOwner(file)
  if (pid === undefined || host === undefined || startedAt === undefined) return 'another relay'
  const at = url === undefined ? '' : ` (${url})`
  return `the relay with process id ${pid} on ${host}${at} since ${startedAt}`
}
