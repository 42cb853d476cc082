import {
  check,
  maxValue,
  minValue,
  number,
  optional,
  pipe,
  safeParse,
  strictObject,
  string,
  transform,
} from 'valibot'
import { definitionNameOf } from '../../fields/composites.ts'
import { conditionFields } from '../../form/condition.ts'
import { definitionSchemas } from '../../form/definition.ts'
import { formatIssues } from '../../form/format-issues.ts'
import { parseHours } from '../leads/routing/hours.ts'
import type { DestinationRules } from '../leads/routing/rules.ts'
import { boundedCount } from './values/bounded-count.ts'

const expectedShare = 'a percentage, 0 to 100'
const expectedHours = 'hours of a day in Moscow, "09:00-21:00" (they may pass midnight: "21:00-06:00")'

/** The keys of a destination that decide which leads it gets. */
export const destinationRulesSchema = strictObject({
  when: optional(definitionSchemas.condition),
  share: optional(pipe(number(expectedShare), minValue(0, expectedShare), maxValue(100, expectedShare))),
  hours: optional(
    pipe(
      string(expectedHours),
      check((text) => parseHours(text) !== undefined, expectedHours),
      transform(parseHours),
    ),
  ),
  capPerDay: optional(boundedCount('deliveries a day', 1, 1_000_000)),
})

/** The names of the keys of {@link destinationRulesSchema}. */
export const destinationRuleNames: readonly string[] = Object.keys(destinationRulesSchema.entries)

/**
 * Parses the rules of a destination. `asked` are the canonical names of the fields that the form asks for, if they are
 * known: a condition on any other field would never change.
 */
export function parseDestinationRules(
  options: Readonly<Record<string, unknown>>,
  asked: ReadonlySet<string> | undefined,
): { readonly rules: DestinationRules | undefined } | { readonly problems: readonly string[] } {
  const given = Object.entries(options).filter(([name]) => destinationRuleNames.includes(name))
  const result = safeParse(destinationRulesSchema, Object.fromEntries(given))
  if (!result.success) return { problems: formatIssues(destinationRulesSchema, result.issues) }
  const { when } = result.output
  const unasked = when && asked ? conditionFields(when).filter((name) => !asked.has(name)) : []
  if (unasked.length > 0) {
    const names = [...new Set(unasked.map(definitionNameOf))].join(', ')
    return { problems: [`when: expected fields that the form asks for, and it does not ask for ${names}`] }
  }
  return { rules: given.length > 0 ? result.output : undefined }
}
