import { findClosestName } from '../../fields/text/edit-distance.ts'
import { fieldOf, isFieldName } from '../../fields/fields.ts'
import { date } from '../../fields/kinds/date.ts'
import { validateFieldRules } from '../core/validate-field-rules.ts'
import { textOf } from '../core/url.ts'
import type { HttpConfig, HttpField } from './config.ts'
import { readyDefinitions } from './with-definition.ts'

/** Headers that carry credentials, by their names. */
const credentialHeader = /^(?:proxy-)?authorization$|^cookie$|token|secret|password|api-?key/i

/** What the schema of the options cannot see. Each problem begins with the option's path. */
export function httpProblems(config: HttpConfig): readonly string[] {
  const { unknownDefinition, url, headers, body, outcomes, format, method, needs } = config
  if (unknownDefinition !== undefined) {
    const names = Object.keys(readyDefinitions)
    const close = findClosestName(unknownDefinition, names)
    const hint = close === undefined ? '' : `; did you mean "${close}"?`
    return [`definition: expected the name of a definition (${names.join(', ')})${hint}`]
  }
  const given = new Set([
    ...(textOf(url) === '' ? [] : ['url']),
    ...Object.keys(headers).map((name) => `headers.${name}`),
    ...body.map(({ path }) => `fields.${path}`),
  ])
  return [
    ...[...new Set(['url', ...needs])].filter((need) => !given.has(need)).map((need) => `${need}: missing`),
    ...(body.length === 0 ? ['fields: expected at least one parameter'] : []),
    ...(outcomes.some(({ outcome }) => outcome === 'accepted')
      ? []
      : ['outcomes: expected a rule for "accepted": without it no lead ever counts as taken']),
    ...(method === 'GET' && format !== 'query' ? ['format: expected "query" with the method GET'] : []),
    ...Object.entries(headers).flatMap(([name, value]) =>
      credentialHeader.test(name) && typeof value === 'string'
        ? [
            `headers.${name}: expected { "env": "NAME" }, the name of the environment variable that holds this secret; a secret itself does not belong into a configuration`,
          ]
        : [],
    ),
    ...body.flatMap(findRuleProblems),
    ...(format === 'json' ? findOverlaps(body) : []),
    ...outcomes.flatMap(({ issues, outcome, id }, index) => [
      ...(issues && outcome !== 'invalid'
        ? [`outcomes.${index}.issues: expected only beside "outcome": "invalid"`]
        : []),
      ...(id !== undefined && outcome !== 'accepted'
        ? [`outcomes.${index}.id: expected only beside "outcome": "accepted"`]
        : []),
      ...Object.entries(issues?.fields ?? {}).flatMap(([parameter, name]) =>
        findNameProblems(`outcomes.${index}.issues.fields.${parameter}`, name),
      ),
    ]),
    ...config.requires.flatMap((name, index) => findNameProblems(`requires.${index}`, name)),
  ]
}

function findRuleProblems({ path, rule }: HttpField): readonly string[] {
  const at = `fields.${path}`
  const problems = /(?:^|\.)(?:\.|$)/.test(path) ? [`${at}: expected a path without empty names`] : []
  if (typeof rule === 'string') return problems
  const condition = 'with' in rule ? rule.with : undefined
  if (condition !== undefined && !condition.startsWith('consents.')) {
    problems.push(...findNameProblems(`${at}.with`, condition))
  }
  if ('moment' in rule && rule.moment !== 'received' && !rule.moment.startsWith('consents.')) {
    problems.push(`${at}.moment: expected "received" or "consents.processing"`)
  }
  if ('field' in rule && rule.date !== undefined && !isDate(rule.field)) {
    problems.push(`${at}.date: expected only beside a field that is a date`)
  }
  return problems
}

function isDate(name: string): boolean {
  return name.startsWith('custom.') || (isFieldName(name) && fieldOf(name).kind === date)
}

/** A parameter cannot be a value and hold others. */
function findOverlaps(body: readonly HttpField[]): readonly string[] {
  return body.flatMap(({ path }) =>
    body.some((other) => other.path.startsWith(`${path}.`))
      ? [`fields.${path}: expected no value where other parameters are below it`]
      : [],
  )
}

/** Whether there is a field or a mark of this name, told as for every other provider. */
function findNameProblems(at: string, name: string): readonly string[] {
  return validateFieldRules({ name }, [{ path: 'name', type: 'string', from: 'fields' }]).map((problem) =>
    problem.replace('fields.name', at),
  )
}
