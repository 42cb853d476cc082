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

const placeholder = /\{([\w.]+(?:[+-]\d+[a-z])?)\}/g

/** The names in braces in a template: `{lastName} {firstName}`. */
export function templateNames(template: string): readonly string[] {
  return Array.from(template.matchAll(placeholder), ([, name = '']) => name)
}

/** The text of a template around its names. A brace in it belongs to a name that is written wrong. */
export function templateText(template: string): string {
  return template.replace(placeholder, '')
}

/** Fills a template, on one line. Returns `undefined` if the template has names and none of them has a text. */
export function fillTemplate(template: string, textOf: (name: string) => string): string | undefined {
  const names = templateNames(template)
  if (names.length > 0 && names.every((name) => textOf(name) === '')) return undefined
  return template
    .replace(placeholder, (_, name: string) => textOf(name))
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * The `fields` option of every destination: a wire path with a canonical or custom name, a constant, or a template with
 * names in braces. Attribution parameters and facts about the lead (`leadId`, `consents`) are names too. Rules can fill every documented parameter.
 */
export const fieldRulesSchema = record(
  string(),
  union(
    [
      pipe(string(), nonEmpty('the name of a field')),
      strictObject({ value: union([string(), number(), boolean()]) }),
      strictObject({ template: pipe(string(), nonEmpty('a text with names in braces')) }),
    ],
    'the name of a field, { "value": … } or { "template": "{lastName} {firstName}" }',
  ),
)

/** Rules by wire path. */
export type FieldRules = InferOutput<typeof fieldRulesSchema>

/** The options that every destination has. */
export interface BaseConfig {
  readonly fields?: FieldRules | undefined
}

/** One rule. */
export type FieldRule = FieldRules[string]

/** The names from which a rule takes its value. */
export function ruleFieldNames(rule: FieldRule): readonly string[] {
  if (typeof rule === 'string') return [rule]
  if ('value' in rule) return []
  return templateNames(rule.template)
}
