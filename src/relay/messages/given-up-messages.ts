import { formatLeadNumber } from '../../lead/lead-number.ts'
import type { Queryable } from '../database/database.ts'
import type { Subscription } from './receiver.ts'
import type { StatusEvent } from './status-events.ts'

/** A message that is not sent again by itself. It holds no personal data. */
export interface GivenUpMessage {
  readonly id: string
  readonly receiver: string
  readonly lead: string
  /** The lead's number for people. */
  readonly number: string
  readonly event: StatusEvent
  readonly state: 'failed' | 'uncertain'
  readonly reason: string
  /** Moments in ISO 8601. */
  readonly createdAt: string
  readonly endedAt: string
}

/** The messages that an operator wants to be sent again: one of them, those of a receiver, or all. */
export interface RetrySelection {
  readonly id?: string | undefined
  readonly receiver?: string | undefined
  /** Whether uncertain ones are sent again, too. One that is named by its id is. */
  readonly uncertain?: boolean | undefined
}

/** What became of a wish to send messages again. */
export interface RetryResult {
  readonly retried: number
  /** Receivers of the selection that the configuration does not have. Their messages stay as they are. */
  readonly unknownReceivers: readonly string[]
}

/** The messages that were given up or are uncertain. What ended 30 days ago is deleted. */
export interface GivenUpMessages {
  /** The latest ones, at most {@link maxListedMessages}. */
  list(): Promise<readonly GivenUpMessage[]>
  retry(selection: RetrySelection, now: Date): Promise<RetryResult>
}

/** The most messages that are listed. */
export const maxListedMessages = 500

/** Creates the list of a database, for the receivers of a configuration. */
export function createGivenUpMessages(
  database: Queryable,
  receivers: readonly Pick<Subscription, 'key'>[],
): GivenUpMessages {
  const known = receivers.map(({ key }) => key)
  return {
    async list() {
      const rows = await database.query<
        Omit<GivenUpMessage, 'number' | 'createdAt' | 'endedAt'> & {
          readonly createdAt: Date
          readonly endedAt: Date
        }
      >(
        `select id, receiver, lead, event, state, coalesce(reason, '') as reason, created_at as "createdAt",
           ended_at as "endedAt"
         from anketa.messages where state in ('failed', 'uncertain')
         order by ended_at desc, position desc limit ${maxListedMessages}`,
      )
      return rows.map(({ createdAt, endedAt, ...row }) => ({
        ...row,
        number: formatLeadNumber(row.lead),
        createdAt: createdAt.toISOString(),
        endedAt: endedAt.toISOString(),
      }))
    },
    async retry({ id, receiver, uncertain = id !== undefined }, now) {
      // The messages of a digest are sent together again.
      const selected = `state = any ($1) and ($2::text is null or receiver = $2) and ($3::uuid is null or id = $3
        or digest = (select digest from anketa.messages where id = $3))`
      const selection = [uncertain ? ['failed', 'uncertain'] : ['failed'], receiver ?? null, id ?? null]
      const unknown = await database.query<{ receiver: string }>(
        `select distinct receiver from anketa.messages where ${selected} and receiver <> all ($4) order by receiver`,
        [...selection, known],
      )
      const retried = await database.query(
        `update anketa.messages set state = 'waiting', attempts = 0, queued_at = $5, next_at = $5, claim = null,
           claimed_until = null, ended_at = null, reason = null
         where ${selected} and receiver = any ($4) returning id`,
        [...selection, known, now],
      )
      return { retried: retried.length, unknownReceivers: unknown.map((row) => row.receiver) }
    },
  }
}
