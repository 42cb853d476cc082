import { findClosestName } from '../../fields/text/edit-distance.ts'
import { fields } from '../../fields/fields.ts'
import { type FieldRules, ruleFieldNames, templateNames } from './field-rules.ts'
import type { Parameter } from './parameter.ts'

/**
 * What is wrong with rules, and with the templates among the options, in view of a provider's own table: paths that it
 * does not have, names that nobody can enter.
 */
export function validateFieldRules<Config>(
  rules: FieldRules | undefined,
  parameters: readonly Parameter<Config>[],
): readonly string[] {
  const paths = parameters.map(({ path }) => path)
  const ruled = Object.entries(rules ?? {}).flatMap(([path, rule]) => [
    ...(paths.includes(path)
      ? []
      : [`fields.${path}: the document has no such parameter${suggestName(path, paths)}`]),
    ...unknownNameProblems(`fields.${path}`, ruleFieldNames(rule)),
  ])
  const templates = parameters.flatMap(({ path, from }) =>
    typeof from === 'object' && 'template' in from
      ? unknownNameProblems(`the template of ${path}`, templateNames(from.template))
      : [],
  )
  return [...ruled, ...templates]
}

function unknownNameProblems(where: string, asked: readonly string[]): readonly string[] {
  return asked
    .filter((name) => !isKnownName(name))
    .map((name) => `${where}: there is no field "${name}"${suggestName(name, fieldNames)}`)
}

const fieldNames = Object.entries(fields).flatMap(([name, { parts }]) => [name, ...(parts ?? [])])
const attributionNames =
  /^(?:custom\.\w+|consents|channel|subId[1-5]|utm_\w+|yclid|gclid|rb_clickid|admitad_uid|erid|ymClientId|referrer)$/

function isKnownName(name: string): boolean {
  return fieldNames.includes(name) || attributionNames.test(name)
}

function suggestName(name: string, known: readonly string[]): string {
  const close = findClosestName(name, known)
  return close === undefined ? '' : `; did you mean "${close}"?`
}
