import { findClosestName } from '../../fields/text/edit-distance.ts'
import { fieldOf, isFieldName } from '../../fields/fields.ts'
import { date } from '../../fields/kinds/date.ts'
import { findOutcomeProblems } from './outcome-problems.ts'
import type { HttpRule } from './rules.ts'
import { validateFieldRules } from '../core/validate-field-rules.ts'
import { textOf } from '../core/url.ts'
import type { HttpConfig, HttpField } from './config.ts'
import { readyDefinitions } from './with-definition.ts'

/** Headers that carry credentials, by their names. */
const credentialHeader = /^(?:proxy-)?authorization$|^cookie$|token|secret|password|api-?key/i
/** Headers that follow from the request. A value of its own would break it. */
const ownHeader =
  /^(?:content-length|host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|accept-encoding)$/i
const expectedReference =
  'expected { "env": "NAME" }, the name of the environment variable that holds this secret; a secret itself does not belong into a configuration'

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
    ...findHeaderProblems(headers),
    ...body.flatMap(findRuleProblems),
    ...(format === 'json' ? findOverlaps(body) : []),
    ...findOutcomeProblems(outcomes),
    ...outcomes.flatMap(({ issues }, index) =>
      Object.entries(issues?.fields ?? {}).flatMap(([parameter, name]) =>
        findNameProblems(`outcomes.${index}.issues.fields.${parameter}`, name),
      ),
    ),
    ...config.requires.flatMap((name, index) => findNameProblems(`requires.${index}`, name)),
  ]
}

function findHeaderProblems(headers: HttpConfig['headers']): readonly string[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase())
  return Object.entries(headers).flatMap(([name, value], index) => [
    ...(credentialHeader.test(name) && typeof value === 'string'
      ? [`headers.${name}: ${expectedReference}`]
      : []),
    ...(ownHeader.test(name) ? [`headers.${name}: follows from the request and cannot be set`] : []),
    ...(names.indexOf(name.toLowerCase()) < index ? [`headers.${name}: expected every header once`] : []),
  ])
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
  if ('value' in rule && rule.value !== '' && rule.value !== null && credentialHeader.test(path)) {
    problems.push(`${at}: ${expectedReference}`)
  }
  if ('date' in rule && rule.date !== undefined && /mm/.test(rule.date) && !/HH/.test(rule.date)) {
    problems.push(`${at}.date: expected MM for the month; mm is the minute`)
  }
  return 'field' in rule ? [...problems, ...findFormatProblems(at, rule)] : problems
}

function findFormatProblems(
  at: string,
  rule: Extract<HttpRule, { readonly field: string }>,
): readonly string[] {
  const { field, date: pattern, digits, map } = rule
  const kind = isFieldName(field) && !field.startsWith('custom.') ? fieldOf(field).kind : undefined
  const known = kind?.options?.map(String)
  return [
    ...([pattern, digits, map].filter((format) => format !== undefined).length > 1
      ? [`${at}: expected only one of "date", "digits" and "map"`]
      : []),
    ...(pattern !== undefined && !isDate(field)
      ? [`${at}.date: expected only beside a field that is a date`]
      : []),
    ...Object.keys(map ?? {}).flatMap((value) =>
      known && !known.includes(value)
        ? [`${at}.map.${value}: no value of ${field}; it has ${known.join(', ')}`]
        : [],
    ),
    ...(map && Object.keys(map).length === 0 ? [`${at}.map: expected at least one value`] : []),
  ]
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
