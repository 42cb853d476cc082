import type { Condition } from '../../../form/condition.ts'
import { hasRules, type Routing } from '../../leads/routing.ts'
import { formatHours } from '../../leads/routing/hours.ts'
import type { DestinationRules } from '../../leads/routing/rules.ts'

/** Describes for an operator which leads a destination takes; nothing if it takes all of them. */
export function describeRules({ when, share, hours, capPerDay }: DestinationRules): string | undefined {
  const parts = [
    ...(share === undefined ? [] : [`${share} % of the leads, by their id`]),
    ...(when ? [`leads where ${describeCondition(when)}`] : []),
    ...(hours ? [`${formatHours(hours)} in Moscow`] : []),
    ...(capPerDay === undefined ? [] : [`at most ${capPerDay} a day`]),
  ]
  return parts.length > 0 ? parts.join('; ') : undefined
}

/** Describes a condition. */
export function describeCondition(condition: Condition): string {
  if ('all' in condition) return joinConditions(condition.all, ' and ', 'always')
  if ('any' in condition) return joinConditions(condition.any, ' or ', 'never')
  if ('not' in condition) return `not (${describeCondition(condition.not)})`
  const { field } = condition
  if ('equals' in condition) return `${field} is ${String(condition.equals)}`
  if ('oneOf' in condition) return `${field} is one of ${condition.oneOf.join(', ')}`
  if ('filled' in condition) return `${field} is ${condition.filled ? 'filled' : 'not filled'}`
  if ('atLeast' in condition) return `${field} is at least ${condition.atLeast}`
  return `${field} is at most ${condition.atMost}`
}

function joinConditions(conditions: readonly Condition[], word: string, none: string): string {
  if (conditions.length === 0) return none
  const parts = conditions.map((part) =>
    'all' in part || 'any' in part ? `(${describeCondition(part)})` : describeCondition(part),
  )
  return parts.join(word)
}

/** What an operator should know of how a form routes its leads: leads that go nowhere, and repeated applications. */
export function describeRouting(routing: Routing): readonly string[] {
  if (!hasRules(routing)) return []
  const { repeats } = routing
  return [
    ...describeLost(routing),
    ...(repeats
      ? [
          `a phone that was accepted within ${repeats.days} days: stored, goes to no destination, answered "${repeats.answer}"`,
        ]
      : []),
  ]
}

/** Says which leads no destination would take, whatever the time. */
function describeLost({ destinations, rules }: Routing): readonly string[] {
  const all = destinations.map(({ key }) => rules?.get(key) ?? {})
  const limits = all.map(({ when, share = 100 }) => ({ when, share }))
  if (limits.some(({ when, share }) => when === undefined && share === 100)) return []
  const advice = 'add a destination without "when" and "share" at the end if they should go somewhere'
  const conditional = limits.filter(({ when }) => when !== undefined)
  const left = limits
    .filter(({ when }) => when === undefined)
    .reduce((rest, { share }) => rest * (1 - share / 100), 100)
  const percentage = `about ${Number(left.toFixed(1))} % of the leads`
  const isByChance = conditional.length < limits.length
  const who = isByChance ? percentage : 'leads'
  const where = conditional.length > 0 ? ' that meet no condition' : ''
  const why = limits.filter(({ share }) => share < 100).length > 1 ? ' (each share is drawn by itself)' : ''
  const partly = conditional.some(({ share }) => share < 100)
    ? ', or are outside of the share behind it,'
    : ''
  return [`${who}${where}${partly} are stored and go to no destination${why}: ${advice}`]
}
