import type { Queryable } from '../../database/database.ts'
import type { ContactHasher } from '../../database/encryption/key-ring.ts'
import { type Person, findLeads } from './erasure.ts'

/** Everything that is stored about a person. */
export interface PersonExport {
  readonly madeAt: string
  readonly leads: readonly object[]
  /** The consents of leads that have been erased. */
  readonly consentsOfErasedLeads: readonly object[]
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
  for (const id of await findLeads(database, hash)) leads.push(...(await exportLead(database, id)))
  return {
    madeAt: now.toISOString(),
    leads,
    consentsOfErasedLeads: await database.query<object>(
      `select form, revision, consents, widget, received_at as "receivedAt" from anketa.consent_proofs
       where contacts @> array[$1] order by number`,
      [hash],
    ),
  }
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
