import { moscowDate } from '../../../lead/calendar-date.ts'
import type { Queryable, Transaction } from '../../database/database.ts'
import { deliveryQueue } from '../job-queue.ts'
import { findDestination, type Routing } from '../routing.ts'

/**
 * Locks the counters of all capped destinations of a form for a day in Moscow until the transaction ends, and returns
 * them. All transactions lock them in the same order, so that none waits for another in a circle.
 */
export async function lockDay(
  transaction: Transaction,
  form: string,
  destinations: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, number>> {
  if (destinations.length === 0) return new Map()
  const keys = destinations.toSorted()
  await transaction.query(
    `insert into anketa.destination_days (form, destination, day, deliveries)
     select $1, destination, $3, 0 from unnest($2::text[]) with ordinality as capped (destination, place) order by place
     on conflict do nothing`,
    [form, keys, day],
  )
  const rows = await transaction.query<{ destination: string; deliveries: number }>(
    `select destination, deliveries from anketa.destination_days
     where form = $1 and destination = any ($2) and day = $3 order by destination for update`,
    [form, keys, day],
  )
  return new Map(rows.map(({ destination, deliveries }) => [destination, deliveries]))
}

/** Counts a delivery for a day. {@link lockDay} has locked the counter. */
export async function addToDay(
  transaction: Transaction,
  form: string,
  destination: string,
  day: string,
): Promise<void> {
  await transaction.query(
    'update anketa.destination_days set deliveries = deliveries + 1 where form = $1 and destination = $2 and day = $3',
    [form, destination, day],
  )
}

/**
 * Gives the places back that a lead's deliveries hold in the caps of their days, and has a lead that waits for a place of
 * today looked at again. `destinations` are stored keys.
 */
export async function releaseSlots(
  transaction: Transaction,
  { lead, form }: { readonly lead: string; readonly form: string },
  destinations: readonly string[],
  routing: Routing,
  now: Date,
): Promise<void> {
  if (destinations.length === 0 || !hasCaps(routing)) return
  const held = await transaction.query<{ destination: string; day: string }>(
    `update anketa.deliveries d set slot_day = null
     from (select lead, destination, slot_day from anketa.deliveries
       where lead = $1 and destination = any ($2) and slot_day is not null for update) held
     where d.lead = held.lead and d.destination = held.destination
     returning d.destination, held.slot_day as day`,
    [lead, destinations],
  )
  const slots = held.map(({ destination, day }) => ({
    key: findDestination(routing.destinations, destination)?.key ?? destination,
    day,
  }))
  const order = slots.toSorted((one, other) =>
    `${one.day} ${one.key}` < `${other.day} ${other.key}` ? -1 : 1,
  )
  for (const { key, day } of order) {
    await transaction.query(
      'update anketa.destination_days set deliveries = deliveries - 1 where form = $1 and destination = $2 and day = $3',
      [form, key, day],
    )
    if (day === moscowDate(now)) await wakeNextWaiting(transaction, { lead, form }, key)
  }
}

/** Whether a form limits the deliveries of a day. */
export function hasCaps(routing: Pick<Routing, 'rules'>): boolean {
  return cappedKeys(routing).length > 0
}

/** The keys of the destinations whose deliveries of a day are limited. */
export function cappedKeys({ rules }: Pick<Routing, 'rules'>): readonly string[] {
  return [...(rules ?? [])].flatMap(([key, { capPerDay }]) => (capPerDay === undefined ? [] : [key]))
}

/**
 * Makes the jobs of the lead due that has waited longest for a place in the cap of a destination. All of them: where a lead
 * goes to all destinations, another delivery of it may wait beside the one to this destination.
 */
async function wakeNextWaiting(
  transaction: Transaction,
  { lead, form }: { readonly lead: string; readonly form: string },
  destination: string,
): Promise<void> {
  await transaction.query(
    `update pgboss.job set start_after = pgboss.job_now() where name = '${deliveryQueue}' and state < 'active'
       and id in (select job from anketa.deliveries where blocked_until is not null and status = 'waiting' and lead = (
         select d.lead from anketa.deliveries d join anketa.leads l on l.id = d.lead
         where d.blocked_until is not null and d.status = 'waiting' and l.form = $1 and d.lead <> $3
           and (select c.rule from anketa.routing_decisions c
             where c.lead = d.lead and c.revision = d.revision and c.destination = $2
             order by c.number desc limit 1) = 'cap'
           and exists (select from pgboss.job j where j.name = '${deliveryQueue}' and j.id = d.job
             and j.start_after > pgboss.job_now())
         order by d.queued_at, d.position limit 1))`,
    [form, destination, lead],
  )
}

/** Has all leads looked at again that rules keep waiting: the rules may have been changed. */
export async function wakeBlocked(database: Queryable): Promise<void> {
  await database.query(
    `update pgboss.job set start_after = pgboss.job_now() where name = '${deliveryQueue}' and state < 'active'
       and start_after > pgboss.job_now()
       and id in (select job from anketa.deliveries where blocked_until is not null)`,
  )
}
