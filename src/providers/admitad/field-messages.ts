import type { FieldIssue } from '../../lead/issue.ts'
import { quote } from '../quote.ts'

/** One name of the document's, and what was said of it. */
interface Said {
  readonly path: string
  readonly message: string
}

/**
 * What an answer's errors say of fields. Nothing documents their shape: names come as keys, `{ "email": ["…"] }`, or in
 * a sentence. `fieldOf` tells the field that a parameter was entered in.
 */
export function fieldMessages(
  errors: unknown,
  paths: ReadonlySet<string>,
  fieldOf: (path: string) => string,
  credentials: readonly (string | undefined)[],
): readonly FieldIssue[] {
  const issues = new Map<string, FieldIssue>()
  for (const { path, message } of said(errors, paths, 4)) {
    const field = fieldOf(path)
    if (!issues.has(field)) issues.set(field, { field, message: quote(message, credentials) })
  }
  return [...issues.values()]
}

/** Every text in errors of any shape. Garbage may be nested without end, so nothing deeper than a few levels is read. */
export function textsOf(errors: unknown, levels = 4): readonly string[] {
  if (typeof errors === 'string') return errors.trim() === '' ? [] : [errors.trim()]
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  return Object.values(errors)
    .slice(0, 100)
    .flatMap((error) => textsOf(error, levels - 1))
}

function said(errors: unknown, paths: ReadonlySet<string>, levels: number): readonly Said[] {
  if (typeof errors === 'string')
    return namedIn(errors, paths).map((path) => ({ path, message: errors.trim() }))
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  return Object.entries(errors)
    .slice(0, 100)
    .flatMap(([name, error]) =>
      paths.has(name)
        ? textsOf(error, levels)
            .slice(0, 1)
            .map((message) => ({ path: name, message }))
        : said(error, paths, levels - 1),
    )
}

/** Names in a sentence: one that is a word of English, such as "phone", only where it is marked as a name. */
function namedIn(sentence: string, paths: ReadonlySet<string>): readonly string[] {
  const text = sentence.slice(0, 2000)
  const marked = Array.from(text.matchAll(/["'«`[(]([a-z]\w*)["'»`\])]|^\s*([a-z]\w*)\s*:/g), (found) =>
    String(found[1] ?? found[2]),
  )
  const unmistakable = text.match(/[a-z]\w*/g)?.filter((name) => name.includes('_')) ?? []
  return [...new Set([...marked, ...unmistakable])].filter((name) => paths.has(name))
}
