import type { Clock, PgBoss } from 'pg-boss'
import type { Database } from '../../database/database.ts'
import { createLeases, type Leases, withSchemaLock } from '../../database/leases.ts'
import { migrate } from '../../database/migrations.ts'
import type { Log } from '../../log.ts'
import { ensureTrigrams } from '../../places/generations/trigrams.ts'
import { openJobQueue } from '../job-queue.ts'

/** Migrates a database and opens its queue. Relays that start at the same time do this one after the other. */
export async function prepareDatabase(
  database: Database,
  clock: Clock,
  log: Log,
): Promise<{ readonly leases: Leases; readonly boss: PgBoss }> {
  const leases = await createLeases(database)
  const boss = await withSchemaLock(leases, async () => {
    await migrate(database)
    await ensureTrigrams(database, log)
    return openJobQueue(database, clock, log)
  })
  return { leases, boss }
}
