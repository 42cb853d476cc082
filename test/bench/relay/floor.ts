import { randomUUID } from 'node:crypto'
import type { Database } from '../../../src/relay/database/database.ts'
import type { InventedLead } from '../../relay/support/invented.ts'

const tables = ['leads', 'revisions', 'deliveries'] as const

/**
 * Creates a function that stores a lead as plainly as possible: one transaction with the rows of a lead and its job, one
 * statement a row, in copies of the relay's tables with all their indexes.
 */
export async function createFloor(database: Database): Promise<(lead: InventedLead) => Promise<void>> {
  await database.query('create schema floor')
  for (const table of tables)
    await database.query(`create table floor.${table} (like anketa.${table} including all)`)
  await database.query('create table floor.job (like pgboss.job_common including all)')
  return async ({ id, values, consents, attribution, page, widget }) => {
    const now = new Date()
    const job = randomUUID()
    await database.transaction(async ({ query }) => {
      await query(
        `insert into floor.leads (id, form, key_hash, revision, status, received_at)
         values ($1, 'main', $2, 1, 'queued', $3)`,
        [id, 'ab'.repeat(32), now],
      )
      await query(
        `insert into floor.revisions (lead, revision, "values", consents, attribution, page, widget, received_at)
         values ($1, 1, $2::jsonb, $3::jsonb, $4::jsonb, $5::jsonb, $6, $7)`,
        [id, ...[values, consents, attribution, page].map((part) => JSON.stringify(part)), widget, now],
      )
      await query(
        `insert into floor.deliveries (lead, destination, revision, status, attempts, queued_at, job)
         values ($1, 'devtek', 1, 'waiting', 0, $2, $3)`,
        [id, now, job],
      )
      await query(
        `insert into floor.job (id, name, data, priority, group_id, policy) values ($1, 'delivery', $2::jsonb, 10, 'devtek', 'standard')`,
        [job, JSON.stringify({ lead: id, destination: 'devtek', revision: 1 })],
      )
    })
  }
}
