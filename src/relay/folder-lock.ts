import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'

/** A folder that is held until released, or until this process ends in whatever way. */
export interface FolderLock {
  release(): void
}

/** Another process holds the folder; the message says who and what to do. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

/**
 * Takes a folder for this process alone, creating it if need be, and closes it to other users of the machine: what it
 * holds is personal data. Throws {@link FolderInUse} if it is taken.
 *
 * The lock is the kernel's, taken through SQLite: it ends with the process even after kill -9, and holds between
 * containers that share the folder, where process ids mean nothing.
 */
export async function lockFolder(
  folder: string,
  note: { readonly now: number; readonly url?: string | undefined },
): Promise<FolderLock> {
  // Not at the top: a Node without it could not even load the module that tells so.
  const { DatabaseSync } = await import('node:sqlite')
  closeToOthers(folder)
  const holderFile = join(folder, 'holder.json')
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'))
  try {
    // Never committed: the lock lasts as long as the transaction.
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    throw new FolderInUse(
      `The folder ${resolve(folder)} is in use by ${describeHolder(holderFile)}: stop it first, or give this one another folder.`,
    )
  }
  // For people only; whether the folder is held is the lock's to say.
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

function closeToOthers(folder: string): void {
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
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function describeHolder(file: string): string {
  try {
    const holder: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (
      typeof holder === 'object' &&
      holder !== null &&
      'pid' in holder &&
      'host' in holder &&
      'startedAt' in holder
    ) {
      const url = 'url' in holder ? ` (${String(holder.url)})` : ''
      return `the relay with process id ${String(holder.pid)} on ${String(holder.host)}${url} since ${String(holder.startedAt)}`
    }
  } catch {
    // Not written yet, or half written: the lock has been taken all the same.
  }
  return 'another relay'
}
