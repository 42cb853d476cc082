import type { Database } from '../database.ts'
import type { DiskSpace } from './disk-space.ts'

/** A statement was refused, because the disk of the database is almost full. Nothing was written. */
export class OutOfSpaceError extends Error {
  override readonly name = 'OutOfSpaceError'
  readonly code = 'ENOSPC'

  constructor() {
    super('The disk of the database is almost full')
  }
}

/** A database whose statements are refused while its disk is almost full: see {@link SpaceLevel}. */
export function guardSpace(database: Database, space: DiskSpace): Database {
  function refuseBelow(levels: readonly string[]): void {
    if (levels.includes(space.level())) throw new OutOfSpaceError()
  }
  const never = ['exhausted']
  const inBackground = ['critical', 'exhausted']
  return {
    ...database,
    // What the queue does outside of a transaction is fetching and maintenance.
    jobs: {
      ...database.jobs,
      async executeSql(text, values) {
        refuseBelow(inBackground)
        return database.jobs.executeSql(text, values)
      },
    },
    async query(sql, parameters) {
      refuseBelow(never)
      return database.query(sql, parameters)
    },
    async transaction(work, options) {
      refuseBelow(never)
      return database.transaction(work, options)
    },
    maintenance: {
      async query(sql, parameters) {
        refuseBelow(inBackground)
        return database.maintenance.query(sql, parameters)
      },
    },
    async maintain() {
      refuseBelow(inBackground)
      await database.maintain()
    },
  }
}
