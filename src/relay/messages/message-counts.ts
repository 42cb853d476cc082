import type { Queryable } from '../database/database.ts'

/** The messages of a receiver that an operator should know of. */
export interface MessageCounts {
  readonly receiver: string
  readonly waiting: number
  /** Given up or refused within a week. */
  readonly failed: number
  /** Sent without an answer and not repeated, within a week. */
  readonly uncertain: number
  /** Failed or uncertain within a day. */
  readonly recent: number
  readonly oldestWaiting: Date | null
}

/** Counts the messages that have not been sent, by receiver. */
export async function countMessages(database: Queryable, now: Date): Promise<readonly MessageCounts[]> {
  const hour = 3600 * 1000
  return database.query<MessageCounts>(
    `select receiver,
       count(*) filter (where state in ('waiting', 'sending'))::int as waiting,
       min(created_at) filter (where state in ('waiting', 'sending')) as "oldestWaiting",
       count(*) filter (where state = 'failed')::int as failed,
       count(*) filter (where state = 'uncertain')::int as uncertain,
       count(*) filter (where state in ('failed', 'uncertain') and ended_at > $2)::int as recent
     from anketa.messages
     where state in ('waiting', 'sending') or (state in ('failed', 'uncertain') and ended_at > $1)
     group by receiver order by receiver`,
    [new Date(now.getTime() - 7 * 24 * hour), new Date(now.getTime() - 24 * hour)],
  )
}
