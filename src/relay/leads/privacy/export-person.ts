import type { Queryable } from '../../database/database.ts'
import type { ContactHasher } from '../../database/encryption/key-ring.ts'
import { hashLeadId } from '../../runtime/hash.ts'
import type { ReceiptContent } from './consents/receipt-digest.ts'
import type { ExportedReceipt } from './consents/render-receipts.ts'
import { type Person, findLeads } from './erasure.ts'

/** Everything that is stored about a person. */
export interface PersonExport {
  readonly madeAt: string
  readonly leads: readonly object[]
  /** A receipt for each document that the person has agreed to; those of erased leads have no address and no browser. */
  readonly consentReceipts: readonly ExportedReceipt[]
}

/** Collects everything that a person has here. `database` returns decrypted values. */
export async function exportPerson(
  database: Queryable,
  contacts: ContactHasher,
  { kind, value }: Person,
  now: Date,
): Promise<PersonExport> {
  const hash = contacts.hash(kind, value)
  const leads: object[] = []
  const ids = await findLeads(database, hash)
  for (const id of ids) leads.push(...(await exportLead(database, id)))
  return {
    madeAt: now.toISOString(),
    leads,
    consentReceipts: await exportReceipts(database, ids, hash),
  }
}

/** The receipts of a person alone. */
export async function exportPersonReceipts(
  database: Queryable,
  contacts: ContactHasher,
  { kind, value }: Person,
): Promise<readonly ExportedReceipt[]> {
  const hash = contacts.hash(kind, value)
  return exportReceipts(database, await findLeads(database, hash), hash)
}

type ReceiptRow = Omit<ExportedReceipt, keyof ReceiptContent> & { readonly content: ReceiptContent | null }

async function exportReceipts(
  database: Queryable,
  ids: readonly string[],
  contactHash: string,
): Promise<readonly ExportedReceipt[]> {
  const rows = await database.query<ReceiptRow>(
    `select p.number::float8 as number, p.form, p.revision, p.consent, p.page, p.recipients, p.widget, p.received_at as "receivedAt",
       p.content, p.content_digest as "contentDigest", p.lead_hash as "leadHash", p.digest,
       p.batch::float8 as batch, b.digest as "batchDigest"
     from anketa.consent_proofs p left join anketa.consent_batches b on b.number = p.batch
     where p.lead_hash = any ($1::text[]) or p.contacts @> array[$2] order by p.number`,
    [ids.map(hashLeadId), contactHash],
  )
  return rows.map(({ content, ...receipt }) => ({ ...receipt, ...content }))
}

async function exportLead(database: Queryable, id: string): Promise<readonly object[]> {
  const leads = await database.query<object>(
    `select id, number::float8 as number, form, status, revision, received_at as "receivedAt"
     from anketa.leads where id = $1`,
    [id],
  )
  const read = (sql: string) => database.query<object>(sql, [id])
  const revisions = await read(
    `select revision, received_at as "receivedAt", "values", consents, attribution, page, widget, ip as address,
       user_agent as "userAgent" from anketa.revisions where lead = $1 order by revision`,
  )
  const deliveries = await read(
    `select destination, revision, status, outcome, queued_at as "queuedAt", settled_at as "settledAt"
     from anketa.deliveries where lead = $1 order by position`,
  )
  const attempts = await read(
    `select destination, revision, number, operation, started_at as "startedAt", finished_at as "finishedAt", outcome
     from anketa.attempts where lead = $1 order by started_at, destination, number`,
  )
  const progress = await read(
    `select destination, number, seen_at as "seenAt", progress from anketa.progress
     where lead = $1 order by destination, number`,
  )
  const routing = await read(
    `select revision, destination, rule, decided_at as "decidedAt" from anketa.routing_decisions
     where lead = $1 order by number`,
  )
  const messages = await read(
    `select kind, event, details, state, created_at as "createdAt", ended_at as "endedAt" from anketa.messages
     where lead = $1 order by position`,
  )
  return leads.map((lead) => ({ ...lead, revisions, deliveries, attempts, progress, routing, messages }))
}
