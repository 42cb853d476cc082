import { openPglite } from '../../../src/relay/database/pglite.ts'

/** Runs a statement on the database of a relay that has been closed. */
export async function readDatabase<Row = object>(folder: string, sql: string): Promise<readonly Row[]> {
  const database = await openPglite(folder, { now: Date.now() })
  try {
    return await database.query<Row>(sql)
  } finally {
    await database.close()
  }
}
