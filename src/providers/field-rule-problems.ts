import { closestName } from '../fields/closest-name.ts'
import { fields } from '../fields/fields.ts'
import { type FieldRules, namesOf } from './field-rules.ts'
import type { Parameter } from './parameter.ts'

/** What is wrong with rules in view of a provider's own table: paths that it does not have, names that nobody can enter. */
export function fieldRuleProblems<Config>(
  rules: FieldRules | undefined,
  parameters: readonly Parameter<Config>[],
): readonly string[] {
  const paths = parameters.map(({ path }) => path)
  return Object.entries(rules ?? {}).flatMap(([path, rule]) => [
    ...(paths.includes(path)
      ? []
      : [`fields.${path}: the document has no such parameter${instead(path, paths)}`]),
    ...namesOf(rule)
      .filter((name) => !isKnown(name))
      .map((name) => `fields.${path}: there is no field "${name}"${instead(name, names)}`),
  ])
}

const names = Object.entries(fields).flatMap(([name, { parts }]) => [name, ...(parts ?? [])])
const marks =
  /^(?:custom\.\w+|channel|subId[1-5]|utm_\w+|yclid|gclid|rb_clickid|admitad_uid|erid|ymClientId|referrer)$/

function isKnown(name: string): boolean {
  return names.includes(name) || marks.test(name)
}

function instead(name: string, known: readonly string[]): string {
  const close = closestName(name, known)
  return close === undefined ? '' : `; did you mean "${close}"?`
}
