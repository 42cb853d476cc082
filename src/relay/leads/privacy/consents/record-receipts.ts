import { randomBytes } from 'node:crypto'
import type { ConsentReceipt } from '../../../../lead/lead.ts'
import type { Queryable, Transaction } from '../../../database/database.ts'
import type { Encryption, LeadCipher } from '../../../database/encryption/encryption.ts'
import { hashLeadId } from '../../../runtime/hash.ts'
import { digestContent, type ReceiptContent } from './receipt-digest.ts'

/** A revision that has no receipts yet. */
interface UnprovenRevision {
  readonly lead: string
  readonly revision: number
  readonly recipients: readonly string[] | null
}

/** Revisions that one transaction gives receipts. */
const batchSize = 100

/**
 * Makes the receipts of some revisions that have none, and returns their number. A lead that waits for its key to be made
 * is left for later: its address would be stored in clear. `transaction` returns decrypted values.
 */
export async function recordNextReceipts(transaction: Transaction, encryption: Encryption): Promise<number> {
  const taken = await transaction.query<UnprovenRevision>(
    `delete from anketa.consents_to_prove where (lead, revision) in (
       select lead, revision from anketa.consents_to_prove q
       where not $1 or exists (select from anketa.lead_keys k where k.lead = q.lead)
       order by lead, revision limit $2 for update skip locked)
     returning lead::text, revision, recipients`,
    [encryption.isOn, batchSize],
  )
  for (const revision of taken) {
    const cipher = await encryption.cipherOf(transaction, revision.lead)
    await recordReceipts(transaction, revision, cipher)
  }
  return taken.length
}

/** Makes the receipts of leads that are about to be erased. Their addresses and browsers are not stored any more. */
export async function recordLastReceipts(transaction: Transaction, leads: readonly string[]): Promise<void> {
  const taken = await transaction.query<UnprovenRevision>(
    'delete from anketa.consents_to_prove where lead = any ($1::uuid[]) returning lead::text, revision, recipients',
    [leads],
  )
  for (const revision of taken) await recordReceipts(transaction, revision, undefined)
}

interface RevisionRow {
  readonly form: string
  readonly consents: readonly ConsentReceipt[]
  readonly page: { readonly url: string }
  readonly widget: string
  readonly receivedAt: Date
  readonly ip: string | null
  readonly userAgent: string | null
}

async function recordReceipts(
  transaction: Queryable,
  { lead, revision, recipients }: UnprovenRevision,
  cipher: LeadCipher | undefined,
): Promise<void> {
  const [row] = await transaction.query<RevisionRow>(
    `select l.form, r.consents, r.page, r.widget, r.received_at as "receivedAt", r.ip, r.user_agent as "userAgent"
     from anketa.revisions r join anketa.leads l on l.id = r.lead where r.lead = $1 and r.revision = $2`,
    [lead, revision],
  )
  if (!row) return
  for (const consent of row.consents) {
    const content: ReceiptContent = {
      salt: randomBytes(16).toString('base64url'),
      address: row.ip,
      userAgent: row.userAgent,
    }
    await transaction.query(
      `insert into anketa.consent_proofs
         (lead_hash, form, revision, consent, page, widget, received_at, contacts, content, content_digest,
          recipients)
       values ($1, $2, $3, $4::jsonb, $5, $6, $7, '{}', $8::jsonb, $9, $10)`,
      [
        hashLeadId(lead),
        row.form,
        revision,
        JSON.stringify(consent),
        row.page.url,
        row.widget,
        row.receivedAt,
        cipher?.seal(content) ?? null,
        digestContent(content),
        recipients,
      ],
    )
  }
}

/** Encrypts what the receipts of a lead hold of the person, with the key that the lead has got. */
export async function sealReceipts(transaction: Queryable, lead: string, cipher: LeadCipher): Promise<void> {
  const rows = await transaction.query<{ readonly number: string; readonly content: ReceiptContent }>(
    `select number::text, content from anketa.consent_proofs
     where lead_hash = $1 and content is not null for update`,
    [hashLeadId(lead)],
  )
  for (const { number, content } of rows) {
    await transaction.query('update anketa.consent_proofs set content = $2::jsonb where number = $1', [
      number,
      cipher.seal(content),
    ])
  }
}

/** Erases what the receipts of leads hold of the person. By the hashes of contacts they are found afterwards, too. */
export async function eraseReceiptContents(transaction: Queryable, leads: readonly string[]): Promise<void> {
  await transaction.query(
    `update anketa.consent_proofs p set content = null,
       contacts = array(select c.hash from anketa.lead_contacts c where c.lead = l.lead order by c.hash)
     from unnest($1::uuid[], $2::text[]) as l (lead, hash) where p.lead_hash = l.hash`,
    [leads, leads.map(hashLeadId)],
  )
}
