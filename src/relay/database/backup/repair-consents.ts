import type { Queryable } from '../database.ts'

const leadHash = (column: string) => `encode(sha256(convert_to(${column}::text, 'UTF8')), 'hex')`

/**
 * Makes restored consents fit together. A backup is written while the relay goes on, and a file of keys is newer than the
 * backup, so that revisions may have got receipts, and receipts a batch, between two tables.
 */
export async function repairConsents(transaction: Queryable): Promise<void> {
  await transaction.query(
    `update anketa.consent_proofs p set batch = null, digest = null
     where batch is not null and not exists (select from anketa.consent_batches b where b.number = p.batch)`,
  )
  await transaction.query(
    `delete from anketa.consents_to_prove q using anketa.consent_proofs p
     where p.lead_hash = ${leadHash('q.lead')} and p.revision = q.revision`,
  )
  await transaction.query(
    `insert into anketa.consents_to_prove (lead, revision)
     select r.lead, r.revision from anketa.revisions r where r.consents <> '[]'::jsonb and not exists (
       select from anketa.consent_proofs p where p.lead_hash = ${leadHash('r.lead')} and p.revision = r.revision)
     on conflict do nothing`,
  )
}
