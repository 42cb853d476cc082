import { closestName } from '../fields/closest-name.ts'
import { fields } from '../fields/fields.ts'
import { type FieldRules, namesOf } from './field-rules.ts'
import type { Parameter } from './parameter.ts'
import { namesIn } from './template.ts'

/**
 * What is wrong with rules, and with the templates among the options, in view of a provider's own table: paths that it
 * does not have, names that nobody can enter.
 */
export function fieldRuleProblems<Config>(
  rules: FieldRules | undefined,
  parameters: readonly Parameter<Config>[],
): readonly string[] {
  const paths = parameters.map(({ path }) => path)
  const ruled = Object.entries(rules ?? {}).flatMap(([path, rule]) => [
    ...(paths.includes(path)
      ? []
      : [`fields.${path}: the document has no such parameter${instead(path, paths)}`]),
    ...unknownNames(`fields.${path}`, namesOf(rule)),
  ])
  const templates = parameters.flatMap(({ path, from }) =>
    typeof from === 'object' && 'template' in from
      ? unknownNames(`the template of ${path}`, namesIn(from.template))
      : [],
  )
  return [...ruled, ...templates]
}

function unknownNames(where: string, asked: readonly string[]): readonly string[] {
  return asked
    .filter((name) => !isKnown(name))
    .map((name) => `${where}: there is no field "${name}"${instead(name, names)}`)
}

const names = Object.entries(fields).flatMap(([name, { parts }]) => [name, ...(parts ?? [])])
const marks =
  /^(?:custom\.\w+|consents|channel|subId[1-5]|utm_\w+|yclid|gclid|rb_clickid|admitad_uid|erid|ymClientId|referrer)$/

function isKnown(name: string): boolean {
  return names.includes(name) || marks.test(name)
}

function instead(name: string, known: readonly string[]): string {
  const close = closestName(name, known)
  return close === undefined ? '' : `; did you mean "${close}"?`
}
