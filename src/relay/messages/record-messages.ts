import { randomUUID } from 'node:crypto'
import type { Transaction } from '../database/database.ts'
import type { EventDetails, Subscription } from './receiver.ts'
import { eventsOfChange, type StatusEvent } from './status-events.ts'

/** Something that has happened to a lead. */
export interface LeadOccurrence {
  readonly event: StatusEvent
  readonly details?: EventDetails
}

/** A row of `anketa.messages` without what all rows of a lead have in common. */
interface NewMessage {
  readonly id: string
  readonly kind: Subscription['kind']
  readonly receiver: string
  readonly event: StatusEvent
  readonly details: EventDetails
}

/** The messages that are to be stored with a change of a lead; none where nobody wants to know. */
export function createMessages(
  subscriptions: readonly Subscription[],
  occurrences: readonly LeadOccurrence[],
): readonly NewMessage[] {
  return occurrences.flatMap(({ event, details = {} }) =>
    subscriptions
      .filter(({ on }) => on.has(event))
      .map(({ key, kind }) => ({ id: randomUUID(), kind, receiver: key, event, details })),
  )
}

/**
 * Inserts messages about the lead `$1` as a part of a statement. `source` is a table of one row with the columns
 * `revision` and `at`; `messages` is the number of the parameter that holds the messages as JSON.
 */
export function insertMessagesSql(source: string, messages: number): string {
  return `insert into anketa.messages
      (id, kind, receiver, lead, revision, event, details, state, created_at, next_at)
    select m.id, m.kind, m.receiver, $1::uuid, source.revision, m.event, m.details, 'waiting', source.at, source.at
    from ${source} source, jsonb_to_recordset($${messages}::jsonb)
      as m (id uuid, kind text, receiver text, event text, details jsonb)`
}

/** Stores a change of a lead's status for all who want to know, as {@link recordMessages} does. */
export async function recordStatusChange(
  transaction: Pick<Transaction, 'query'>,
  subscriptions: readonly Subscription[] | undefined,
  lead: { readonly lead: string; readonly revision: number },
  { before, status, ...details }: EventDetails & { readonly before: string; readonly status: string },
  now: Date,
): Promise<void> {
  const occurrences = eventsOfChange(before, status).map((event) => ({
    event,
    details: { status, ...details },
  }))
  await recordMessages(transaction, subscriptions, lead, occurrences, now)
}

/**
 * Stores what has happened to a lead for all who want to know, as part of the transaction that changes the lead. Every
 * change of a lead's status comes here, apart from that of a lead's first statement (see lead-store.ts).
 */
export async function recordMessages(
  transaction: Pick<Transaction, 'query'>,
  subscriptions: readonly Subscription[] | undefined,
  { lead, revision }: { readonly lead: string; readonly revision: number },
  occurrences: readonly LeadOccurrence[],
  now: Date,
): Promise<void> {
  const messages = createMessages(subscriptions ?? [], occurrences)
  if (messages.length === 0) return
  await transaction.query(insertMessagesSql('(select $2::integer as revision, $3::timestamptz as at)', 4), [
    lead,
    revision,
    now,
    JSON.stringify(messages),
  ])
}
