import { findClosestName } from '../../fields/text/edit-distance.ts'
import { fields } from '../../fields/fields.ts'
import { isAttributionParameter } from '../../lead/attribution.ts'
import { isLeadFact, leadFactNames } from './parameters/lead-facts.ts'
import { type FieldRules, ruleFieldNames, templateNames } from './field-rules.ts'
import type { Parameter } from './parameter.ts'
import { findRuleProblems } from './parameters/rule-problems.ts'

/**
 * Checks rules of `fields`, and the templates among the options, against a provider's parameters. Reports paths that
 * the provider does not have, names that do not exist, and constants that the document does not allow.
 */
export function validateFieldRules<Config>(
  rules: FieldRules | undefined,
  parameters: readonly Parameter<Config>[],
): readonly string[] {
  const paths = parameters.map(({ path }) => path)
  const ruled = Object.entries(rules ?? {}).flatMap(([path, rule]) => {
    const parameter = parameters.find((candidate) => candidate.path === path)
    return [
      ...(parameter
        ? findRuleProblems(parameter, rule).map((problem) => `fields.${path}: ${problem}`)
        : [`fields.${path}: the document has no such parameter${suggestName(path, paths)}`]),
      ...unknownNameProblems(`fields.${path}`, ruleFieldNames(rule)),
    ]
  })
  const templates = parameters.flatMap((parameter) => {
    const { path, from } = parameter
    if (typeof from !== 'object' || !('template' in from) || rules?.[path] !== undefined) return []
    const place = `the template of ${path}`
    return [
      ...findRuleProblems(parameter, from).map((problem) => `${place}: ${problem}`),
      ...unknownNameProblems(place, templateNames(from.template)),
    ]
  })
  return [...ruled, ...templates]
}

function unknownNameProblems(place: string, names: readonly string[]): readonly string[] {
  return names
    .filter((name) => !isKnownName(name))
    .map(
      (name) =>
        `${place}: there is no field "${name}"${suggestName(name, [...fieldNames, ...leadFactNames])}`,
    )
}

const fieldNames = Object.entries(fields).flatMap(([name, { parts }]) => [name, ...(parts ?? [])])

/** Whether a rule or a template may name this: a field, an attribution parameter, a custom field, or a fact about the lead. */
function isKnownName(name: string): boolean {
  return (
    fieldNames.includes(name) ||
    isAttributionParameter(name) ||
    /^custom\.\w+$/.test(name) ||
    isLeadFact(name)
  )
}

function suggestName(name: string, known: readonly string[]): string {
  const close = findClosestName(name, known)
  return close === undefined ? '' : `; did you mean "${close}"?`
}
