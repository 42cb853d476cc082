import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A folder that is held until released, or until this process ends in whatever way. */
export interface FolderLock {
  release(): void
}

/** Another process holds the folder; the message says who and what to do. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

/**
 * Takes a folder for this process alone, creating it if need be. Throws {@link FolderInUse} if it is taken.
 *
 * The lock is the kernel's, taken through SQLite: it ends with the process even after kill -9, and holds between
 * containers that share the folder, where process ids mean nothing.
 */
export function lockFolder(
  folder: string,
  note: { readonly now: number; readonly url?: string | undefined },
): FolderLock {
  mkdirSync(folder, { recursive: true })
  const holderFile = join(folder, 'holder.json')
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'))
  try {
    // Never committed: the lock lasts as long as the transaction.
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    throw new FolderInUse(
      `The folder ${folder} is in use by ${describeHolder(holderFile)}: stop it first, or give this one another folder.`,
    )
  }
  // For people only; whether the folder is held is the lock's to say.
  const holder = {
    pid: process.pid,
    host: hostname(),
    startedAt: new Date(note.now).toISOString(),
    url: note.url,
  }
  writeFileSync(holderFile, `${JSON.stringify(holder)}\n`)
  return {
    release() {
      rmSync(holderFile, { force: true })
      lock.close()
    },
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
