import { type BaseIssue, getDotPath } from 'valibot'
import { findClosestName } from '../fields/text/edit-distance.ts'

/**
 * Sentences for a schema's issues: the path, and what was expected there. Never the value: it may be a misplaced
 * credential, and problems are logged.
 */
export function formatIssues(schema: unknown, issues: readonly BaseIssue<unknown>[]): readonly string[] {
  return [...new Set(issues.flatMap((issue) => formatIssue(schema, issue)))]
}

/** `; did you mean "phone"?` if a known name is close, otherwise the given text. */
export function didYouMean(name: string, known: readonly string[], otherwise = ''): string {
  const close = findClosestName(name, known)
  return close === undefined ? otherwise : `; did you mean "${close}"?`
}

function formatIssue(schema: unknown, issue: BaseIssue<unknown>): readonly string[] {
  if (issue.kind === 'schema' && issue.expected === 'never') return formatUnknownKeys(schema, issue)
  const path = getDotPath(issue)
  const where = path === null ? '' : `${path}: `
  if (issue.kind === 'schema' && issue.input === undefined) return [`${where}missing`]
  const { message, expected } = issue
  // Valibot's default messages quote the value.
  const what = message.startsWith('Invalid ') ? describeExpectedType(expected) : message
  const got = issue.kind === 'schema' ? `, got ${describeInputType(issue.input)}` : ''
  return [`${where}expected ${what}${got}`]
}

/** Lists all unknown keys: valibot reports only the first. */
function formatUnknownKeys(schema: unknown, issue: BaseIssue<unknown>): readonly string[] {
  const path: readonly PathItem[] = issue.path ?? []
  const parents = path.slice(0, -1)
  const last = path.at(-1)
  const parentSchema = parents.reduce<unknown>((outer, step) => childSchema(outer, step), schema)
  const known = Object.keys(unwrapSchema(parentSchema, last?.input).entries ?? {})
  return Object.keys(Object(last?.input))
    .filter((name) => !known.includes(name))
    .map((name) => {
      const where = [...parents.map(({ key }) => String(key)), name].join('.')
      return `${where}: there is no such option${didYouMean(name, known)}`
    })
}

interface PathItem {
  readonly key: unknown
  readonly input: unknown
}

/** The properties of a valibot schema that lead to the names of its keys. */
interface SchemaView {
  readonly entries?: Readonly<Record<string, unknown>>
  readonly item?: unknown
  readonly value?: unknown
  readonly wrapped?: unknown
  readonly getter?: (input: unknown) => unknown
}

function unwrapSchema(schema: unknown, input: unknown): SchemaView {
  const view: SchemaView = Object(schema)
  if (view.wrapped !== undefined) return unwrapSchema(view.wrapped, input)
  return view.getter ? unwrapSchema(view.getter(input), input) : view
}

function childSchema(schema: unknown, { key, input }: PathItem): unknown {
  const { entries, item, value } = unwrapSchema(schema, input)
  return entries?.[String(key)] ?? item ?? value
}

const schemaTypeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
}

function describeExpectedType(expected: string | null): string {
  if (expected === null) return 'another value'
  return expected
    .replace(/^\((.*)\)$/, '$1')
    .split(' | ')
    .map((name) => schemaTypeNames[name] ?? name)
    .join(' or ')
}

function describeInputType(input: unknown): string {
  if (input === null) return 'null'
  if (Array.isArray(input)) return 'a list'
  return schemaTypeNames[typeof input === 'object' ? 'Object' : typeof input] ?? 'something else'
}
