import { existsSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Log } from '../../log.ts'

/**
 * How much of the reserve is left. `enough`: all of it. `low`: no new leads are taken. `critical`, under a half: work in the
 * background pauses, so that what is under way can be recorded. `exhausted`, under a quarter: no statement reaches the
 * database, because PostgreSQL in this process would never return from a write that finds no space.
 */
export type SpaceLevel = 'enough' | 'low' | 'critical' | 'exhausted'

/** The free space of the disk that a database is on. */
export interface DiskSpace {
  level(): SpaceLevel
  /** The free bytes at the last reading; `undefined` if they are not known. */
  freeBytes(): number | undefined
}

/** Options of {@link createDiskSpace}. */
export interface DiskSpaceOptions {
  /** The reserve, which may change. */
  readonly reserveBytes: () => number
  /** Reads the free bytes; throws if they are not known. */
  readonly readFreeBytes: () => number
  readonly log: Log
}

/** How long a reading is used, in milliseconds. Another program may fill a disk at a gigabyte a second. */
const maxAgeMs = 200

/** Creates the reader of the free space. It logs once when the reserve is touched, and once when it is free again. */
export function createDiskSpace({ reserveBytes, readFreeBytes, log }: DiskSpaceOptions): DiskSpace {
  let level: SpaceLevel = 'enough'
  let freeBytes: number | undefined
  let readAt = Number.NEGATIVE_INFINITY

  function read(): SpaceLevel {
    let free: number
    freeBytes = undefined
    try {
      free = readFreeBytes()
      freeBytes = free
    } catch {
      // A file system that does not tell its free space is not watched.
      return 'enough'
    }
    const reserve = reserveBytes()
    if (free < reserve / 4) return 'exhausted'
    if (free < reserve / 2) return 'critical'
    // A little more than the reserve ends a shortage, so that it does not begin and end with every lead.
    return free < reserve * (level === 'enough' ? 1 : 1.05) ? 'low' : 'enough'
  }

  return {
    freeBytes: () => freeBytes,
    level() {
      const now = performance.now()
      if (now < readAt + maxAgeMs) return level
      readAt = now
      const before = level
      level = read()
      const megabytes = Math.round(reserveBytes() / 1024 / 1024)
      if (before === 'enough' && level !== 'enough') {
        log('error', 'The disk is almost full: leads are refused until there is space', {
          reserve: `${megabytes} MB`,
        })
      }
      if (before !== 'enough' && level === 'enough')
        log('info', 'There is space on the disk again: leads are taken')
      return level
    },
  }
}

/** A disk that is not watched: that of another machine. */
export const unwatchedSpace: DiskSpace = {
  level: () => 'enough',
  freeBytes: () => undefined,
}

/** The bytes that this user can still write to the disk of a folder. */
export function readFreeBytes(folder: string): number {
  // A folder that does not exist yet will be on the disk of the one above it.
  let existing = resolve(folder)
  while (!existsSync(existing)) existing = dirname(existing)
  const { bavail, bsize } = statfsSync(existing)
  return bavail * bsize
}
