import { type BaseIssue, getDotPath } from 'valibot'
import { closestName } from '../fields/closest-name.ts'

/**
 * Sentences for what a schema found: the path, and what was expected there. Never the value: it may be a credential in
 * the wrong place, and whoever asks is told of problems.
 */
export function problemsOf(schema: unknown, issues: readonly BaseIssue<unknown>[]): readonly string[] {
  return [...new Set(issues.flatMap((issue) => sentencesOf(schema, issue)))]
}

/** `; did you mean "phone"?` where a known name is close, otherwise what is given instead. */
export function suggestion(name: string, known: readonly string[], otherwise = ''): string {
  const close = closestName(name, known)
  return close === undefined ? otherwise : `; did you mean "${close}"?`
}

function sentencesOf(schema: unknown, issue: BaseIssue<unknown>): readonly string[] {
  if (issue.kind === 'schema' && issue.expected === 'never') return strangersOf(schema, issue)
  const path = getDotPath(issue)
  const where = path === null ? '' : `${path}: `
  if (issue.kind === 'schema' && issue.input === undefined) return [`${where}missing`]
  const { message, expected } = issue
  // Valibot's own messages quote what they met.
  const what = message.startsWith('Invalid ') ? wordsFor(expected) : message
  const got = issue.kind === 'schema' ? `, got ${natureOf(issue.input)}` : ''
  return [`${where}expected ${what}${got}`]
}

/** Valibot stops at the first name that it does not know; whoever mends one wants to hear of all. */
function strangersOf(schema: unknown, issue: BaseIssue<unknown>): readonly string[] {
  const path: readonly Step[] = issue.path ?? []
  const parents = path.slice(0, -1)
  const last = path.at(-1)
  const holder = parents.reduce<unknown>((outer, step) => inside(outer, step), schema)
  const known = Object.keys(opened(holder, last?.input).entries ?? {})
  return Object.keys(Object(last?.input))
    .filter((name) => !known.includes(name))
    .map((name) => {
      const where = [...parents.map(({ key }) => String(key)), name].join('.')
      return `${where}: there is no such option${suggestion(name, known)}`
    })
}

interface Step {
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

function opened(schema: unknown, input: unknown): SchemaView {
  const view: SchemaView = Object(schema)
  if (view.wrapped !== undefined) return opened(view.wrapped, input)
  return view.getter ? opened(view.getter(input), input) : view
}

function inside(schema: unknown, { key, input }: Step): unknown {
  const { entries, item, value } = opened(schema, input)
  return entries?.[String(key)] ?? item ?? value
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
}

function wordsFor(expected: string | null): string {
  if (expected === null) return 'another value'
  return expected
    .replace(/^\((.*)\)$/, '$1')
    .split(' | ')
    .map((name) => words[name] ?? name)
    .join(' or ')
}

function natureOf(input: unknown): string {
  if (input === null) return 'null'
  if (Array.isArray(input)) return 'a list'
  return words[typeof input === 'object' ? 'Object' : typeof input] ?? 'something else'
}
