import { type BaseIssue, getDotPath } from 'valibot'
import { findClosestName } from '../fields/text/edit-distance.ts'

/**
 * Sentences for what a schema found: the path, and what was expected there. Never the value: it may be a credential in
 * the wrong place, and whoever asks is told of problems.
 */
export function formatIssues(schema: unknown, issues: readonly BaseIssue<unknown>[]): readonly string[] {
  return [...new Set(issues.flatMap((issue) => formatIssue(schema, issue)))]
}

/** `; did you mean "phone"?` where a known name is close, otherwise what is given instead. */
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
  // Valibot's own messages quote what they met.
  const what = message.startsWith('Invalid ') ? describeExpectedType(expected) : message
  const got = issue.kind === 'schema' ? `, got ${describeInputType(issue.input)}` : ''
  return [`${where}expected ${what}${got}`]
}

/** Valibot stops at the first name that it does not know; whoever mends one wants to hear of all. */
function formatUnknownKeys(schema: unknown, issue: BaseIssue<unknown>): readonly string[] {
  const path: readonly PathItem[] = issue.path ?? []
  const parents = path.slice(0, -1)
  const last = path.at(-1)
  const holder = parents.reduce<unknown>((outer, step) => childSchema(outer, step), schema)
  const known = Object.keys(unwrapSchema(holder, last?.input).entries ?? {})
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

/** What a schema of valibot may hold, as far as names are looked for. */
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
