import type { Queryable, Transaction } from '../../database/database.ts'
import { correctionMs, deliveryQueue } from '../job-queue.ts'
import { mayHaveArrivedSql } from '../load-lead-state.ts'

/** How long a lead waits for another one with the same phone before it looks again, in case nobody wakes it. */
const recheckMs = 3600 * 1000

/** A lead's phone, as the rules about repeated applications see it. */
export interface PhoneOfLead {
  readonly lead: string
  readonly form: string
  readonly phoneHash: string
}

/**
 * Whether a lead may be delivered, as far as other leads of the form with the same phone are concerned. `repeat`: one of
 * them was accepted, or may have been, within the days. `wait`: one of them is on its way.
 */
export type Turn =
  | { readonly turn: 'own' }
  | { readonly turn: 'repeat' }
  | { readonly turn: 'wait'; readonly until: Date }

interface OthersRow {
  readonly taken: boolean | null
  readonly underWay: boolean | null
  readonly codeSentAt: Date | null
}

/** The attempts to send the revision of the delivery `d` that have ended and may have been received. */
const endedUncertainSql = `exists (select from anketa.attempts a where a.lead = d.lead
  and a.destination = d.destination and a.revision = d.revision and a.finished_at is not null and ${mayHaveArrivedSql})`

/** Whether the delivery `d` has reached its destination, or may have, and no attempt decides about that now. */
const takenSql = `(d.status = 'uncertain'
  or (d.status = 'decided' and d.outcome ->> 'outcome' = 'accepted')
  or (d.status = 'decided' and d.outcome ->> 'outcome' = 'verification' and ${endedUncertainSql})
  or (d.status in ('waiting', 'failed', 'passed') and ${endedUncertainSql}))`

/**
 * Gives a lead the turn of its phone, if no other lead has it. Until the transaction ends, no other lead with this phone
 * can get it. A lead keeps its turn while it is on its way, and after a code was sent for as long as a person may take.
 */
export async function takeTurn(
  transaction: Transaction,
  { lead, form, phoneHash }: PhoneOfLead,
  days: number,
  now: Date,
): Promise<Turn> {
  const [row] = await transaction.query<{ holder: string }>(
    `insert into anketa.phone_turns as turn (form, phone_hash, lead) values ($1, $2, $3)
     on conflict (form, phone_hash) do update set phone_hash = excluded.phone_hash returning turn.lead as holder`,
    [form, phoneHash, lead],
  )
  const holder = row?.holder ?? lead
  const [others] = await transaction.query<OthersRow>(
    `select bool_or(${takenSql} and coalesce(d.settled_at, d.queued_at) > $5) as taken,
       bool_or(d.status = 'waiting' and d.lead = $4) as "underWay",
       max(d.settled_at) filter (where d.lead = $4 and d.status = 'decided'
         and d.outcome ->> 'outcome' = 'verification') as "codeSentAt"
     from anketa.revisions r join anketa.leads l on l.id = r.lead
       join anketa.deliveries d on d.lead = r.lead and d.revision = r.revision
     where r.phone_hash = $2 and l.form = $1 and r.lead <> $3`,
    [form, phoneHash, lead, holder, new Date(now.getTime() - days * 24 * 3600 * 1000)],
  )
  if (others?.taken) return { turn: 'repeat' }
  if (holder === lead) return { turn: 'own' }
  if (others?.underWay) return { turn: 'wait', until: new Date(now.getTime() + recheckMs) }
  const codeEnds = (others?.codeSentAt?.getTime() ?? Number.NEGATIVE_INFINITY) + correctionMs
  if (codeEnds > now.getTime()) return { turn: 'wait', until: new Date(codeEnds) }
  await transaction.query('update anketa.phone_turns set lead = $3 where form = $1 and phone_hash = $2', [
    form,
    phoneHash,
    lead,
  ])
  return { turn: 'own' }
}

/**
 * Has the leads looked at again that wait for this lead's outcome because they have the same phone. The lock on the turn
 * makes sure that none of them decides meanwhile by what this transaction has not committed yet.
 */
export async function wakeSamePhone(
  transaction: Queryable,
  { lead, form }: Pick<PhoneOfLead, 'lead' | 'form'>,
): Promise<void> {
  const turns = await transaction.query<{ phoneHash: string }>(
    `select phone_hash as "phoneHash" from anketa.phone_turns where form = $2 and phone_hash in (
       select phone_hash from anketa.revisions where lead = $1) order by phone_hash for update`,
    [lead, form],
  )
  if (turns.length === 0) return
  await transaction.query(
    `update pgboss.job set start_after = pgboss.job_now() where name = '${deliveryQueue}' and state < 'active'
       and id in (
         select d.job from anketa.deliveries d join anketa.leads l on l.id = d.lead
           join anketa.revisions r on r.lead = d.lead and r.revision = d.revision
         where d.blocked_until is not null and l.form = $2 and d.lead <> $1 and r.phone_hash = any ($3))`,
    [lead, form, turns.map(({ phoneHash }) => phoneHash)],
  )
}
