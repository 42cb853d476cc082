import { check, getDotPath, maxLength, object, pipe, safeParse, string } from 'valibot'
import { isLeadKey } from '../../../lead/lead-identity.ts'

/** A verification code that a person typed, and the key of its lead. */
export interface PostedCode {
  readonly key: string
  readonly code: string
}

const schema = object(
  {
    key: pipe(string('a key'), check(isLeadKey, "the lead's key")),
    code: pipe(string('a text'), maxLength(100, 'a text of at most 100 characters')),
  },
  'an object',
)

/** Parses the body of a POST to `…/code`. A problem names the path and the expected value, never the posted value. */
export function parseCode(candidate: unknown): PostedCode | { readonly problem: string } {
  const result = safeParse(schema, candidate)
  if (result.success) return result.output
  const [issue] = result.issues
  return { problem: `${getDotPath(issue) ?? 'body'}: expected ${issue.message}` }
}
