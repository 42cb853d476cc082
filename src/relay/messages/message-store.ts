import { randomUUID } from 'node:crypto'
import type { Attribution, AttributionParameters } from '../../lead/attribution.ts'
import type { LeadValues } from '../../lead/values.ts'
import type { Database, Transaction } from '../database/database.ts'
import { maxRetryAfterMs } from '../destinations/retry-after.ts'
import {
  digestMs,
  digestThreshold,
  type DueMessage,
  maxDigestSize,
  type PlannedBatch,
  planBatches,
} from './plan-batches.ts'
import type { EventDetails, LeadNotice, OutgoingMessage, MessageReceiver } from './receiver.ts'
import type { StatusEvent } from './status-events.ts'

/** A message that this process has claimed, and sends. */
export interface ClaimedMessage extends OutgoingMessage {
  readonly claim: string
  /** 1 for the first attempt. */
  readonly attempt: number
  /** Since when it is tried: when the oldest of its notices was stored, or sent again by the operator. */
  readonly queuedAt: Date
}

/** What follows from an attempt to send a message. */
export interface MessageEnd {
  readonly state: 'waiting' | 'sent' | 'failed' | 'uncertain'
  readonly reason?: string
  /** Whether the message may have arrived, so that it keeps its id and stays as it is. */
  readonly mayHaveArrived?: boolean
  /** When it is sent again, if it waits. */
  readonly nextAt?: Date
}

/** The stored messages. */
export interface MessageStore {
  /** The receivers among these that have messages which are due. */
  findDue(receivers: readonly string[], now: Date): Promise<readonly string[]>
  /** Claims up to `limit` messages that are due. Those of a lead are claimed one after the other. */
  claim(receiver: MessageReceiver, limit: number, now: Date): Promise<readonly ClaimedMessage[]>
  settle(claim: string, end: MessageEnd, now: Date): Promise<void>
  /**
   * Ends the claims of dead processes: a message is sent again, or is uncertain where its receiver gets none twice.
   * `orphaned` ends all claims. Returns the numbers of both. Messages that the clock, when it was ahead, has put off for
   * longer than any pause are due again.
   */
  endLostClaims(
    receivers: readonly MessageReceiver[],
    orphaned: boolean,
    now: Date,
  ): Promise<{ readonly repeated: number; readonly uncertain: number }>
  /** Gives up what no relay has sent in a week, and deletes what ended a month ago. Returns the number given up. */
  cleanUp(now: Date): Promise<number>
}

/** The claim of a process that has been silent for this long is lost. Every attempt ends sooner. */
const claimSeconds = 60

/** No message waits longer: a pause that a receiver asked for, and a little more. */
const longestPauseMs = maxRetryAfterMs + 100_000

/** A message is given up after this time. */
export const maxMessageAgeMs = 7 * 24 * 3600 * 1000

/** What ended longer ago is deleted. */
const keptMs = 30 * 24 * 3600 * 1000

/** The most messages that are looked at for digests: more than one digest has, so that it is found as a whole again. */
const maxScanned = 2 * maxDigestSize

/** Creates the store. */
export function createMessageStore(database: Database): MessageStore {
  return {
    async findDue(receivers, now) {
      const rows = await database.query<{ receiver: string }>(
        `select distinct receiver from anketa.messages
         where receiver = any ($1) and state = 'waiting' and next_at <= $2`,
        [receivers, now],
      )
      return rows.map(({ receiver }) => receiver)
    },
    claim: (receiver, limit, now) =>
      database.transaction((transaction) => claim(transaction, receiver, limit, now)),
    async settle(id, { state, reason, nextAt, mayHaveArrived = false }, now) {
      await database.query(
        `update anketa.messages m set state = $2, reason = $3, next_at = coalesce($4, next_at),
           digest = case when $6 then coalesce(digest, m.id) else digest end,
           ended_at = case when $2 = 'waiting' then null else $5::timestamptz end
         where claim = $1 and state in ('sending', 'uncertain')`,
        [id, state, reason ?? null, nextAt ?? null, now, mayHaveArrived],
      )
    },
    async endLostClaims(receivers, orphaned, now) {
      const keysOf = (repeats: boolean) =>
        receivers.filter((receiver) => receiver.repeats === repeats).map(({ key }) => key)
      const lost = `state = 'sending' and receiver = any ($1) and ($2 or claimed_until < clock_timestamp())`
      const repeated = await database.query(
        `update anketa.messages m set state = 'waiting', claim = null, next_at = $3, digest = coalesce(digest, m.id)
         where ${lost} returning id`,
        [keysOf(true), orphaned, now],
      )
      // The claim stays: its process may still bring the answer.
      const uncertain = await database.query(
        `update anketa.messages set state = 'uncertain', ended_at = $3, reason = 'the relay was stopped meanwhile'
         where ${lost} returning id`,
        [keysOf(false), orphaned, now],
      )
      await database.query(
        `update anketa.messages set next_at = $2
         where receiver = any ($1) and state = 'waiting' and next_at > $3`,
        [receivers.map(({ key }) => key), now, new Date(now.getTime() + longestPauseMs)],
      )
      return { repeated: repeated.length, uncertain: uncertain.length }
    },
    async cleanUp(now) {
      // A receiver that a relay knows has had its last attempt by then.
      const tooOld = new Date(now.getTime() - maxMessageAgeMs - 3600 * 1000)
      const failed = await database.query(
        `update anketa.messages set state = 'failed', ended_at = $2, reason = 'no relay has this receiver'
         where state in ('waiting', 'sending') and coalesce(queued_at, created_at) < $1 returning id`,
        [tooOld, now],
      )
      await database.query(
        `delete from anketa.messages where id in (
           select id from anketa.messages where ended_at < $1 order by ended_at limit 1000)`,
        [new Date(now.getTime() - keptMs)],
      )
      return failed.length
    },
  }
}

/**
 * Whether more new leads than a receiver wants one by one came in the time before the message `m`. The count ends where
 * that is certain: each of many messages would count all others.
 */
const isCrowdedSql = `m.event = 'new' and (
  select count(*) from (select from anketa.messages o where o.receiver = m.receiver and o.event = 'new'
    and o.position <= m.position and o.created_at <= m.created_at
    and o.created_at > m.created_at - interval '${digestMs / 1000} seconds'
    limit ${digestThreshold + 1}) counted) > ${digestThreshold}`

async function claim(
  transaction: Transaction,
  { key, hasDigests }: MessageReceiver,
  limit: number,
  now: Date,
): Promise<readonly ClaimedMessage[]> {
  // Messages that another relay claims at this moment are left to it.
  const due = await transaction.query<DueMessage>(
    `select m.id, m.event, m.digest, m.created_at as "createdAt",
       ${hasDigests ? isCrowdedSql : 'false'} as "isCrowded"
     from anketa.messages m
     where m.receiver = $1 and m.state = 'waiting' and m.next_at <= $2
       and not exists (select from anketa.messages e where e.lead = m.lead and e.receiver = m.receiver
         and e.position < m.position and e.state in ('waiting', 'sending'))
     order by m.position limit $3 for update of m skip locked`,
    [key, now, hasDigests ? maxScanned : limit],
  )
  const batches = hasDigests ? planBatches(due, now) : due.map(({ id }): PlannedBatch => ({ ids: [id] }))
  const claims = batches.slice(0, limit).map((batch) => ({ ...batch, claim: randomUUID() }))
  if (claims.length === 0) return []
  const rows = claims.flatMap(({ ids, ...batch }) => ids.map((id) => ({ ...batch, id })))
  const notices = await transaction.query<NoticeRow>(
    `with claimed as (
       update anketa.messages m set state = 'sending', attempts = m.attempts + 1, claim = c.claim,
         digest = c.digest, claimed_until = clock_timestamp() + interval '${claimSeconds} seconds'
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as c (id, claim, digest)
       where m.id = c.id
       returning m.*
     )
     select c.id, c.claim, c.attempts, c.lead, c.event, c.details, c.created_at as "createdAt",
       coalesce(c.queued_at, c.created_at) as "queuedAt", l.form, r."values", r.attribution
     from claimed c join anketa.leads l on l.id = c.lead
       left join anketa.revisions r on r.lead = c.lead and r.revision = c.revision
     order by c.position`,
    [rows.map(({ id }) => id), rows.map((row) => row.claim), rows.map(({ digest }) => digest ?? null)],
  )
  return claims.flatMap((batch) => {
    const own = notices.filter((row) => row.claim === batch.claim)
    const [first] = own
    if (!first) return []
    const { attempts: attempt, queuedAt } = first
    return [
      { id: batch.digest ?? first.id, claim: batch.claim, attempt, queuedAt, notices: own.map(toNotice) },
    ]
  })
}

interface NoticeRow {
  readonly id: string
  readonly claim: string
  readonly attempts: number
  readonly lead: string
  readonly form: string
  readonly event: StatusEvent
  readonly details: EventDetails
  readonly createdAt: Date
  readonly queuedAt: Date
  readonly values: LeadValues | null
  readonly attribution: Attribution | null
}

function toNotice({ lead, form, event, details, createdAt, values, attribution }: NoticeRow): LeadNotice {
  return { lead, form, event, details, createdAt, values: values ?? {}, attribution: toTexts(attribution) }
}

/** The parameters of the last visit. */
function toTexts(attribution: Attribution | null): AttributionParameters {
  return Object.fromEntries(
    Object.entries(attribution ?? {}).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, text]] : [],
    ),
  )
}
