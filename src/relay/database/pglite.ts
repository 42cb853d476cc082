import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { fromPglite } from 'pg-boss'
import type { Database } from './database.ts'
import { lockDirectory } from './directory-lock.ts'

/**
 * Opens the embedded Postgres of a folder for this process alone, and creates it if necessary.
 * Layout: `pg/` is the data, `lock.sqlite` the lock, `holder.json` describes the owner.
 * Throws `DirectoryInUseError` if another process uses the folder.
 */
export async function openPglite(
  folder: string,
  owner: { readonly now: number; readonly url?: string | undefined },
): Promise<Database> {
  // PGlite itself lets two processes write to one folder, and each overwrites the other's data.
  const lock = await lockDirectory(folder, owner)
  try {
    const postgres = await openDataDirectory(folder)
    return {
      backend: 'pglite',
      exclusive: true,
      jobs: fromPglite(postgres),
      async query<Row>(sql: string, parameters: readonly unknown[] = []) {
        return (await postgres.query<Row>(sql, [...parameters])).rows
      },
      transaction: (work) =>
        postgres.transaction((transaction) =>
          work({
            jobs: { executeSql: (sql, values) => transaction.query(sql, values) },
            async query<Row>(sql: string, parameters: readonly unknown[] = []) {
              return (await transaction.query<Row>(sql, [...parameters])).rows
            },
          }),
        ),
      async vacuum() {
        // An embedded Postgres has no autovacuum.
        await postgres.query('VACUUM (ANALYZE)')
      },
      async close() {
        await postgres.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openDataDirectory(folder: string): Promise<PGlite> {
  const data = join(folder, 'pg')
  if (!existsSync(data)) {
    // Created under another name and renamed when it is complete: a process that is killed meanwhile must not leave a
    // folder that only looks like a database.
    const draft = join(folder, 'pg.new')
    rmSync(draft, { recursive: true, force: true })
    await (await PGlite.create(draft)).close()
    renameSync(draft, data)
  }
  return PGlite.create(data, { extensions: { pg_trgm } })
}
