import type { Attribution } from '../../../lead/attribution.ts'
import type { Outcome } from '../../../lead/outcome.ts'
import type { LeadValues } from '../../../lead/values.ts'
import type { Database, Transaction } from '../../database/database.ts'
import type { Encryption } from '../../database/encryption/encryption.ts'
import type { WrappedKey } from '../../database/encryption/key-ring.ts'
import { sealKeptOutcome } from '../delivery-rows.ts'
import { sealReceipts } from './consents/record-receipts.ts'
import { lockLead } from '../load-lead-state.ts'
import {
  hashContacts,
  insertContactsSql,
  sealOutcome,
  sealRevision,
} from '../../database/encryption/personal-data.ts'

/** Leads that one step changes. */
const batchSize = 20

/** Brings stored leads to the configured keys, a few with every step. */
export interface LeadEncrypter {
  /** Returns the number of leads that it has changed; 0 if there is nothing left to do. */
  step(): Promise<number>
}

/** Creates the encrypter. `database` is the one that returns decrypted values. */
export function createLeadEncrypter(database: Database, encryption: Encryption): LeadEncrypter {
  return {
    async step() {
      return (await wrapKeysAgain()) || (await encryptPlainLeads()) || (await hashContactsAgain())
    },
  }

  /** The keys of leads that another configured key has wrapped are wrapped with the first one. Others are left alone. */
  async function wrapKeysAgain(): Promise<number> {
    const { ring } = encryption
    const { keyId, keyIds } = ring
    if (keyId === undefined) return 0
    const rows = await database.query<WrappedKey & { readonly lead: string }>(
      `select lead::text, wrapped, key_id as "keyId" from anketa.lead_keys where key_id = any ($1) limit $2`,
      [keyIds.filter((other) => other !== keyId), 10 * batchSize],
    )
    if (rows.length === 0) return 0
    const wrapped = rows.map(({ lead, ...key }) => ({ lead, ...ring.wrap(lead, ring.unwrap(lead, key)) }))
    await database.query(
      `update anketa.lead_keys k set wrapped = n.wrapped, key_id = $3
       from unnest($1::uuid[], $2::text[]) as n (lead, wrapped) where k.lead = n.lead`,
      [wrapped.map(({ lead }) => lead), wrapped.map((key) => key.wrapped), keyId],
    )
    return rows.length
  }

  /** Leads that were stored before there was a key. */
  async function encryptPlainLeads(): Promise<number> {
    if (!encryption.isOn) return 0
    const rows = await database.query<{ readonly lead: string }>(
      `select l.id as lead from anketa.leads l
       where not exists (select from anketa.lead_keys k where k.lead = l.id) order by l.received_at limit $1`,
      [batchSize],
    )
    for (const { lead } of rows) await database.transaction((transaction) => encryptLead(transaction, lead))
    return rows.length
  }

  async function encryptLead(transaction: Transaction, lead: string): Promise<void> {
    await lockLead(transaction, lead)
    const cipher = encryption.createLeadCipher(lead)
    if (!cipher.wrapped) return
    const added = await transaction.query(
      `insert into anketa.lead_keys (lead, wrapped, key_id) select id, $2, $3 from anketa.leads where id = $1
       on conflict (lead) do nothing returning lead`,
      [lead, cipher.wrapped.wrapped, cipher.wrapped.keyId],
    )
    if (added.length === 0) return
    const revisions = await transaction.query<RevisionRow>(
      `select revision, "values", attribution, page, ip, user_agent as "userAgent" from anketa.revisions where lead = $1`,
      [lead],
    )
    for (const { revision, ip, userAgent, ...content } of revisions) {
      const sealed = sealRevision(
        {
          ...content,
          // What is not encrypted stays as it is.
          id: lead,
          widget: '',
          consents: [],
          receivedAt: new Date(0),
          ip: ip ?? undefined,
          userAgent: userAgent ?? undefined,
        },
        cipher,
        { phone: null, hashes: [], name: null, keyId: encryption.contacts.keyId },
      )
      await transaction.query(
        `update anketa.revisions set "values" = $3::jsonb, attribution = $4::jsonb, page = $5::jsonb, ip = $6::jsonb,
           user_agent = $7::jsonb where lead = $1 and revision = $2`,
        [lead, revision, sealed.values, sealed.attribution, sealed.page, sealed.ip, sealed.userAgent],
      )
    }
    await sealReceipts(transaction, lead, cipher)
    const deliveries = await transaction.query<{ readonly destination: string; readonly outcome: Outcome }>(
      'select destination, outcome from anketa.deliveries where lead = $1 and outcome is not null',
      [lead],
    )
    for (const { destination, outcome } of deliveries) {
      await transaction.query(
        'update anketa.deliveries set outcome = $3::jsonb where lead = $1 and destination = $2',
        [lead, destination, sealOutcome(outcome, cipher)],
      )
    }
    const attempts = await transaction.query<AttemptRow>(
      `select destination, revision, number, outcome from anketa.attempts where lead = $1 and outcome is not null`,
      [lead],
    )
    for (const { destination, revision, number, outcome } of attempts) {
      await transaction.query(
        `update anketa.attempts set outcome = $5::jsonb
         where lead = $1 and destination = $2 and revision = $3 and number = $4`,
        [lead, destination, revision, number, sealKeptOutcome(outcome, cipher)],
      )
    }
  }

  /**
   * Contacts that were hashed with another key, and leads of a relay that hashed none.
   * An index is of use for the two halves of "another key", and for "<>" it is not.
   */
  async function hashContactsAgain(): Promise<number> {
    const rows = await database.query<{ readonly lead: string }>(
      `select distinct lead from anketa.lead_contacts c where (key_id < $1 or key_id > $1)
         and not exists (select from anketa.lead_keys k where k.lead = c.lead and k.key_id <> all ($3)) limit $2`,
      [encryption.contacts.keyId, batchSize, encryption.ring.keyIds],
    )
    for (const { lead } of rows) await database.transaction((transaction) => hashLead(transaction, lead))
    return rows.length
  }

  async function hashLead(transaction: Transaction, lead: string): Promise<void> {
    await lockLead(transaction, lead)
    const revisions = await transaction.query<{ readonly revision: number; readonly values: LeadValues }>(
      'select revision, "values" from anketa.revisions where lead = $1',
      [lead],
    )
    await transaction.query('delete from anketa.lead_contacts where lead = $1', [lead])
    for (const { revision, values } of revisions) {
      const { phone, hashes, name, keyId } = hashContacts(values, encryption.contacts)
      // The turn of a phone goes with its hash, unless another lead has taken it with the new one.
      await transaction.query(
        `with turn as (
           update anketa.phone_turns t set phone_hash = $3 where t.lead = $1
             and t.phone_hash = (select phone_hash from anketa.revisions where lead = $1 and revision = $2)
             and $3::text is not null
             and not exists (select from anketa.phone_turns o where o.form = t.form and o.phone_hash = $3)
         )
         update anketa.revisions set phone_hash = $3, name_hash = $4 where lead = $1 and revision = $2`,
        [lead, revision, phone, name],
      )
      await transaction.query(insertContactsSql('select $1::uuid as id', { hashes: 2, keyId: 3 }), [
        lead,
        hashes,
        keyId,
      ])
    }
  }
}

interface RevisionRow {
  readonly revision: number
  readonly values: LeadValues
  readonly attribution: Attribution
  readonly page: {
    readonly url: string
    readonly startedAt: string
    readonly submittedAt: string
    readonly variant?: string
  }
  readonly ip: string | null
  readonly userAgent: string | null
}

interface AttemptRow {
  readonly destination: string
  readonly revision: number
  readonly number: number
  readonly outcome: object
}
