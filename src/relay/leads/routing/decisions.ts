import type { LeadValues } from '../../../lead/values.ts'
import type { Queryable } from '../../database/database.ts'
import type { LeadState } from '../lead-state.ts'
import { findDestination, findUntried, type Routing } from '../routing.ts'
import { excludingRule, type RoutedLead, type RoutingDecision, type RoutingRule } from './rules.ts'

/** A decision as it is stored. */
export interface RecordedDecision {
  readonly destination: string
  readonly rule: RoutingRule
  readonly revision: number
}

/** A list of decisions as the database returns it, in the order in which they were made. */
export const decisionsSql = `(select coalesce(jsonb_agg(jsonb_build_object('destination', c.destination,
    'rule', c.rule, 'revision', c.revision) order by c.number), '[]'::jsonb)
  from anketa.routing_decisions c where c.lead = $1)`

/** What has been decided by share. Every rule but `when` is looked at after the share. */
export function sharesOf(
  { destinations }: Pick<Routing, 'destinations'>,
  decisions: readonly RecordedDecision[],
): ReadonlyMap<string, boolean> {
  const shares = new Map<string, boolean>()
  for (const { destination, rule } of decisions) {
    const key = findDestination(destinations, destination)?.key ?? destination
    if (['share', 'hours', 'cap', 'chosen'].includes(rule) && !shares.has(key))
      shares.set(key, rule !== 'share')
  }
  return shares
}

/** A form's routing for one lead, and the destinations that its values exclude. */
export interface RoutingByValues {
  readonly routing: Routing
  readonly excluded: readonly RoutingDecision[]
}

/** Applies the rules that depend on nothing but the lead. */
export function routeByValues(routing: Routing, lead: RoutedLead): RoutingByValues {
  const excluded = routing.destinations.flatMap(({ key }): readonly RoutingDecision[] => {
    const rule = excludingRule(key, routing.rules?.get(key) ?? {}, lead)
    return rule ? [{ destination: key, rule }] : []
  })
  const keys = new Set(excluded.map(({ destination }) => destination))
  const permitted = new Set(routing.destinations.flatMap(({ key }) => (keys.has(key) ? [] : [key])))
  return { routing: { ...routing, permitted }, excluded }
}

/** A form's routing for a stored lead. */
export interface RoutingOfLead extends RoutingByValues {
  readonly lead: StoredRoutedLead
}

/** What the rules need to know of a stored lead, and what they have decided about it. */
export interface StoredRoutedLead extends RoutedLead {
  readonly decisions: readonly RecordedDecision[]
}

/** Loads what the rules need to know of a lead. */
export async function loadRoutedLead(
  source: Queryable,
  routing: Routing,
  { id, revision }: Pick<LeadState, 'id' | 'revision'>,
): Promise<StoredRoutedLead> {
  const [row] = await source.query<{ values: LeadValues | null; decisions: readonly RecordedDecision[] }>(
    `select (select r."values" from anketa.revisions r where r.lead = $1 and r.revision = $2) as values,
       ${decisionsSql} as decisions`,
    [id, revision],
  )
  const decisions = row?.decisions ?? []
  return { id, values: row?.values ?? {}, shares: sharesOf(routing, decisions), decisions }
}

/** Records decisions, except those that repeat the latest one about the same destination and revision. */
export async function recordDecisions(
  source: Queryable,
  { id, revision }: Pick<LeadState, 'id' | 'revision'>,
  known: readonly RecordedDecision[],
  decisions: readonly RoutingDecision[],
  now: Date,
): Promise<void> {
  const fresh = decisions.filter(({ destination, rule }) => {
    const last = known.findLast((one) => one.destination === destination && one.revision === revision)
    return last?.rule !== rule
  })
  if (fresh.length === 0) return
  await source.query(
    `insert into anketa.routing_decisions (lead, revision, destination, rule, decided_at)
     select $1, $2, destination, rule, $5
     from unnest($3::text[], $4::text[]) with ordinality as made (destination, rule, place) order by place`,
    [id, revision, fresh.map(({ destination }) => destination), fresh.map(({ rule }) => rule), now],
  )
}

/** The exclusions that a plan has met: those of the destinations before the first one that it queues. */
export function exclusionsBefore(
  { routing, excluded }: RoutingByValues,
  queued: readonly string[],
): readonly RoutingDecision[] {
  if (routing.mode === 'all') return excluded
  const end = routing.destinations.findIndex(({ key }) => queued.includes(key))
  const before = routing.destinations.slice(0, end < 0 ? undefined : end).map(({ key }) => key)
  return excluded.filter(({ destination }) => before.includes(destination))
}

/** Applies the rules to a stored lead; a form without rules costs no statement. */
export async function routeStoredLead(
  source: Queryable,
  routing: Routing,
  state: LeadState,
): Promise<RoutingOfLead | undefined> {
  if (!routing.rules || routing.rules.size === 0) return undefined
  const lead = await loadRoutedLead(source, routing, state)
  return { ...routeByValues(routing, lead), lead }
}

/** Records which destinations the lead's values exclude, where no other destination is left to ask. */
export async function recordEndOfRouting(
  source: Queryable,
  routed: RoutingOfLead | undefined,
  state: LeadState,
  now: Date,
): Promise<void> {
  if (!routed || findUntried(routed.routing, state.deliveries).length > 0) return
  await recordDecisions(source, state, routed.lead.decisions, routed.excluded, now)
}
