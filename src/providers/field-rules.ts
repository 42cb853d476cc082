import {
  boolean,
  type InferOutput,
  nonEmpty,
  number,
  pipe,
  record,
  strictObject,
  string,
  union,
} from 'valibot'
import { namesIn } from './template.ts'

/**
 * The `fields` option of every destination: wire path to a canonical or custom name, a fixed value, or a template with
 * names in braces. Marks of the traffic are names, too, and `consents`. Every documented parameter can be reached with it.
 */
export const fieldRules = record(
  string(),
  union(
    [
      pipe(string(), nonEmpty()),
      strictObject({ value: union([string(), number(), boolean()]) }),
      strictObject({ template: pipe(string(), nonEmpty()) }),
    ],
    'the name of a field, { "value": … } or { "template": "{lastName} {firstName}" }',
  ),
)

/** Rules by wire path. */
export type FieldRules = InferOutput<typeof fieldRules>

/** One rule. */
export type FieldRule = FieldRules[string]

/** The names that a rule takes its value from. */
export function namesOf(rule: FieldRule): readonly string[] {
  if (typeof rule === 'string') return [rule]
  if ('value' in rule) return []
  return namesIn(rule.template)
}
