import { getDotPath, maxLength, object, pipe, regex, safeParse, string } from 'valibot'

/** A code that a person typed, and the key of the lead that it belongs to. */
export interface PostedCode {
  readonly key: string
  readonly code: string
}

const schema = object(
  {
    key: pipe(string('a key'), regex(/^[\w-]{22,128}$/, "the lead's key")),
    code: pipe(string('a text'), maxLength(100, 'a text of at most 100 characters')),
  },
  'an object',
)

/** Reads a code from a request's body. A problem names the path and what was expected, never what is there. */
export function parseCode(candidate: unknown): PostedCode | { readonly problem: string } {
  const result = safeParse(schema, candidate)
  if (result.success) return result.output
  const [issue] = result.issues
  return { problem: `${getDotPath(issue) ?? 'body'}: expected ${issue.message}` }
}
