import { setTimeout as pause } from 'node:timers/promises'
import type { Database, Queryable, Transaction } from '../../database/database.ts'
import type { Encryption } from '../../database/encryption/encryption.ts'
import type { ContactKind } from '../../database/encryption/key-ring.ts'
import { type RewriteResult, rewriteTable } from '../../database/rewrite-table.ts'
import { hashLeadId } from '../../runtime/hash.ts'
import { forgetLeadsInAudit } from '../console/audit-log.ts'
import { eraseReceiptContents, recordLastReceipts } from './consents/record-receipts.ts'

/** How a person is found. */
export interface Person {
  readonly kind: ContactKind
  readonly value: string
}

/** Leads that have been erased. */
export interface Erased {
  readonly ids: readonly string[]
}

/** Erases leads. Of an erased lead the proof of consent stays, and the hash of its id, which is never taken again. */
export interface Eraser {
  /** Erases leads by their ids; those that there are. */
  erase(ids: readonly string[], now: Date): Promise<Erased>
  /** Erases leads that are partial at that moment. */
  erasePartial(ids: readonly string[], now: Date): Promise<Erased>
  /** Erases all leads of a person. */
  erasePerson(person: Person, now: Date): Promise<Erased>
  /** Erases some of the leads whose time is over; repeated until it returns none. Leads that wait are left alone. */
  eraseExpired(retention: Retention, now: Date): Promise<Erased>
  /** Destroys the keys of erased leads in the files of the database, too. */
  destroyKeys(): Promise<RewriteResult>
  /** Whether leads were erased lately: a process that was ended since may not have destroyed their keys. */
  hasErasedSince(time: Date): Promise<boolean>
}

/** How long leads are kept. */
export interface Retention {
  readonly retentionDays?: number | undefined
  readonly partialDays: number
}

/** Leads that one transaction erases. */
const batchSize = 20

/** How long an erasure waits for calls that are under way. After that their answers are dropped. */
const maxWaitMs = 5000
const waitIntervalMs = 100

/** A call that has not ended after this time has lost its process. */
const maxCallMs = 3 * 60_000

const dayMs = 24 * 3600 * 1000

/** Which leads are erased when it comes to it: while an erasure waits, a lead may be finished. */
type EraseCondition = 'any' | 'partial'

/** Creates the eraser. */
export function createEraser(
  database: Database,
  encryption: Pick<Encryption, 'contacts' | 'forget'>,
): Eraser {
  async function erase(
    ids: readonly string[],
    now: Date,
    condition: EraseCondition = 'any',
  ): Promise<Erased> {
    const erased: string[] = []
    for (let start = 0; start < ids.length; start += batchSize) {
      const batch = ids.slice(start, start + batchSize)
      await waitForCalls(database, batch, now)
      const ended = await database.transaction((transaction) =>
        eraseBatch(transaction, batch, condition, now),
      )
      // A post of the same id that waited for the transaction finds the hash of its id: see `insertUnlessErased`.
      erased.push(...ended)
      encryption.forget(batch)
    }
    return { ids: erased }
  }

  return {
    erase: (ids, now) => erase(ids, now),
    erasePartial: (ids, now) => erase(ids, now, 'partial'),
    async erasePerson({ kind, value }, now) {
      return erase(await findLeads(database, encryption.contacts.hash(kind, value)), now)
    },
    async eraseExpired({ retentionDays, partialDays }, now) {
      const rows = await database.query<{ readonly id: string; readonly isOld: boolean }>(
        `select id, received_at < $1::timestamptz as "isOld" from anketa.leads l
         where received_at < greatest($1::timestamptz, $2::timestamptz)
           and (received_at < $1::timestamptz or (status = 'partial' and received_at < $2::timestamptz))
           and not exists (select from anketa.deliveries d where d.lead = l.id and d.status = 'waiting')
         order by received_at limit ${batchSize}`,
        [
          retentionDays === undefined ? new Date(0) : new Date(now.getTime() - retentionDays * dayMs),
          new Date(now.getTime() - partialDays * dayMs),
        ],
      )
      const select = (old: boolean) => rows.flatMap(({ id, isOld }) => (isOld === old ? [id] : []))
      const old = await erase(select(true), now)
      // Some of them may have been finished since.
      const partial = await erase(select(false), now, 'partial')
      return { ids: [...old.ids, ...partial.ids] }
    },
    destroyKeys: () => rewriteTable(database, 'anketa.lead_keys'),
    async hasErasedSince(time) {
      const rows = await database.query('select from anketa.erased_leads where erased_at > $1 limit 1', [
        time,
      ])
      return rows.length > 0
    },
  }
}

/** The leads of a person, the oldest first. */
export async function findLeads(source: Queryable, contactHash: string): Promise<readonly string[]> {
  const rows = await source.query<{ readonly id: string }>(
    `select l.id from anketa.lead_contacts c join anketa.leads l on l.id = c.lead
     where c.hash = $1 order by l.received_at, l.id`,
    [contactHash],
  )
  return rows.map(({ id }) => id)
}

/** Waits until no call about the leads is under way, but not for long. */
async function waitForCalls(database: Database, ids: readonly string[], now: Date): Promise<void> {
  const deadline = performance.now() + maxWaitMs
  while (performance.now() < deadline) {
    const running = await database.query(
      `select from anketa.attempts where lead = any ($1::uuid[]) and finished_at is null and started_at > $2 limit 1`,
      [ids, new Date(now.getTime() - maxCallMs)],
    )
    if (running.length === 0) return
    await pause(waitIntervalMs)
  }
}

/**
 * Erases leads, and returns the ids of those that there were. Everything that belongs to a lead is in tables that
 * reference `anketa.leads` and is deleted with its row: its key, contacts, revisions, deliveries, attempts, progress,
 * messages, and decisions and turns of routing. Of what operators did with it the hash of its id stays.
 */
async function eraseBatch(
  transaction: Transaction,
  ids: readonly string[],
  condition: EraseCondition,
  now: Date,
): Promise<readonly string[]> {
  // In one order, so that two erasures do not wait for each other.
  const rows = await transaction.query<{ readonly id: string }>(
    `select id from anketa.leads where id = any ($1::uuid[]) and ($2 = 'any' or status = $2) order by id for update`,
    [ids, condition],
  )
  const found = rows.map(({ id }) => id)
  if (found.length === 0) return found
  await recordLastReceipts(transaction, found)
  await eraseReceiptContents(transaction, found)
  await forgetLeadsInAudit(transaction, found)
  await transaction.query(
    `insert into anketa.erased_leads (id_hash, erased_at) select hash, $2 from unnest($1::text[]) as hash
     on conflict (id_hash) do nothing`,
    [found.map(hashLeadId), now],
  )
  await transaction.query(`delete from pgboss.job where data ->> 'lead' = any ($1::text[])`, [found])
  await transaction.query('delete from anketa.leads where id = any ($1::uuid[])', [found])
  return found
}
