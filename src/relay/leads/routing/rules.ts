import { createHash } from 'node:crypto'
import { type Condition, isConditionMet } from '../../../form/condition.ts'
import type { LeadValues } from '../../../lead/values.ts'
import { type Hours, isWithinHours, nextMoscowDay, nextOpening } from './hours.ts'

/** What a destination takes. */
export interface DestinationRules {
  readonly when?: Condition | undefined
  /** The percentage of leads, 0 to 100. */
  readonly share?: number | undefined
  readonly hours?: Hours | undefined
  /** Deliveries on a day in Moscow. */
  readonly capPerDay?: number | undefined
}

/** The facts of a lead that the rules of a form look at. */
export interface RoutedLead {
  readonly id: string
  readonly values: LeadValues
  /** What has been decided by share: a lead does not change sides when a share is changed. */
  readonly shares: ReadonlyMap<string, boolean>
}

/** The facts of a moment that the rules of a form look at. */
export interface RoutingMoment {
  readonly now: Date
  /** The deliveries to a destination that count for the current day in Moscow, without the lead's own. */
  readonly deliveriesToday: (destination: string) => number
}

/**
 * Why a lead goes to a destination (`chosen`), or not. `duplicate`: the form has an application with the same phone.
 * `same-phone`: such an application is on its way, and its outcome is waited for.
 */
export type RoutingRule = 'chosen' | 'when' | 'share' | 'hours' | 'cap' | 'duplicate' | 'same-phone'

/** What was decided about a lead and a destination. */
export interface RoutingDecision {
  readonly destination: string
  readonly rule: RoutingRule
  /** When the rule no longer holds the lead back, if time is all that it takes. */
  readonly until?: Date | undefined
}

/** The rule by which a lead never goes to a destination, whatever the time, if there is one. */
export function excludingRule(
  destination: string,
  { when, share }: DestinationRules,
  { id, values, shares }: RoutedLead,
): 'when' | 'share' | undefined {
  if (when && !isConditionMet(when, values)) return 'when'
  if (share === undefined) return undefined
  return (shares.get(destination) ?? isInShare(id, destination, share)) ? undefined : 'share'
}

/** Whether a lead belongs to the share of a destination: the same for every process and at any time. */
export function isInShare(lead: string, destination: string, share: number): boolean {
  const hash = createHash('sha256').update(`${lead}\n${destination}`).digest().readUInt32BE(0)
  return (hash / 2 ** 32) * 100 < share
}

/** Decides whether a lead goes to a destination now. */
export function decide(
  destination: string,
  rules: DestinationRules,
  lead: RoutedLead,
  moment: RoutingMoment,
): RoutingDecision {
  const excluding = excludingRule(destination, rules, lead)
  if (excluding) return { destination, rule: excluding }
  return { destination, ...decideByTime(destination, rules, moment) }
}

/** Decides whether a destination takes a lead now that no condition and no share keeps from it. */
export function decideByTime(
  destination: string,
  { hours, capPerDay }: DestinationRules,
  { now, deliveriesToday }: RoutingMoment,
): { readonly rule: 'chosen' | 'hours' | 'cap'; readonly until?: Date } {
  if (hours && !isWithinHours(hours, now)) return { rule: 'hours', until: nextOpening(hours, now) }
  if (capPerDay !== undefined && deliveriesToday(destination) >= capPerDay) {
    return { rule: 'cap', until: nextMoscowDay(now) }
  }
  return { rule: 'chosen' }
}

/** Decides about destinations in their order, up to the first one that takes the lead. */
export function decideInOrder(
  destinations: readonly string[],
  rulesOf: (destination: string) => DestinationRules,
  lead: RoutedLead,
  moment: RoutingMoment,
): readonly RoutingDecision[] {
  const decisions: RoutingDecision[] = []
  for (const destination of destinations) {
    const decision = decide(destination, rulesOf(destination), lead, moment)
    decisions.push(decision)
    if (decision.rule === 'chosen') break
  }
  return decisions
}

/** Of decisions that passed over all destinations, the one that ends first; `undefined` if time changes nothing. */
export function findEarliest(decisions: readonly RoutingDecision[]): RoutingDecision | undefined {
  const waiting = decisions.filter(({ until }) => until !== undefined)
  return waiting.toSorted((one, other) => Number(one.until) - Number(other.until))[0]
}
