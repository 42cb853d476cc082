import type { Database } from '../../database/database.ts'

/** Ends the transaction of a probe, so that it leaves nothing. */
class ProbeDone extends Error {}

/**
 * Stores a lead as posts do, and takes it back. Rejects with the reason if no lead can be stored. The number is given, so
 * that probes do not use up the numbers of leads.
 */
export async function probeStorage(database: Database, now: Date): Promise<void> {
  try {
    await database.transaction(async (transaction) => {
      await transaction.query(
        `insert into anketa.leads (id, number, form, key_hash, revision, status, received_at)
         overriding system value values ($1, 0, '', '', 0, 'queued', $2)`,
        [crypto.randomUUID(), now],
      )
      throw new ProbeDone()
    })
  } catch (error) {
    if (!(error instanceof ProbeDone)) throw error
  }
}
