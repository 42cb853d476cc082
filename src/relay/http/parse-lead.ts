import {
  array,
  boolean,
  check,
  finite,
  getDotPath,
  maxLength,
  number,
  object,
  optional,
  pipe,
  record,
  regex,
  safeParse,
  string,
  toLowerCase,
  transform,
  union,
  unknown,
} from 'valibot'
import type { Lead } from '../../lead/lead.ts'
import type { LeadValues } from '../../lead/values.ts'
import { sanitizeAttribution } from './sanitize-attribution.ts'

/** A database takes neither null characters nor half surrogate pairs; nobody types either. */
const text = pipe(
  string('a text'),
  transform((typed) => typed.replace(/[^\P{Cc}\t\n\r]/gu, '').toWellFormed()),
)
const shortText = pipe(text, maxLength(2000, 'a text of at most 2000 characters'))
const isoTimestamp = pipe(
  string('a moment in ISO 8601'),
  maxLength(40, 'a moment in ISO 8601'),
  check((written) => !Number.isNaN(Date.parse(written)), 'a moment in ISO 8601'),
)

const values = pipe(
  record(
    text,
    union(
      // Before anything looks at it: rules of fields may take long over long texts.
      [shortText, pipe(number('a number'), finite('a finite number')), boolean('true or false')],
      'a text, a number, true or false',
    ),
    'an object',
  ),
  // Not checked against the definition yet: `checkValues` is the judge of every one of them.
  transform((candidate) => candidate as LeadValues),
)

const schema = object(
  {
    id: pipe(
      string('a UUID'),
      regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID'),
      toLowerCase(),
    ),
    key: pipe(
      string('a key'),
      regex(/^[\w-]{22,128}$/, 'at least 128 random bits in base64url, 22 characters or more'),
    ),
    values,
    consents: optional(
      array(
        object(
          {
            id: shortText,
            documentUrl: shortText,
            version: shortText,
            textSha256: optional(
              pipe(string('64 hexadecimal digits'), regex(/^[0-9a-f]{64}$/i, '64 hexadecimal digits')),
            ),
            acceptedAt: isoTimestamp,
          },
          'an object',
        ),
        'a list',
      ),
      [],
    ),
    attribution: pipe(optional(record(string(), unknown(), 'an object'), {}), transform(sanitizeAttribution)),
    page: object(
      { url: pipe(text, transform(stripQuery)), startedAt: isoTimestamp, submittedAt: isoTimestamp },
      'an object',
    ),
    widget: optional(
      pipe(
        text,
        transform((version) => version.slice(0, 64)),
      ),
      '',
    ),
  },
  'an object',
)

/** Reads a lead from a request's body. A problem names the path and what was expected, never what is there. */
export function parseLead(candidate: unknown): { readonly lead: Lead } | { readonly problem: string } {
  const result = safeParse(schema, candidate)
  if (!result.success) {
    const [issue] = result.issues
    const path = getDotPath(issue)
    if (issue.type === 'object' && issue.received === 'undefined')
      return { problem: `${path ?? 'body'} is missing` }
    return { problem: `${path ?? 'body'}: expected ${issue.message}` }
  }
  const { consents, ...lead } = result.output
  return {
    lead: {
      ...lead,
      consents: consents.map(({ textSha256, ...receipt }) =>
        textSha256 === undefined ? receipt : { ...receipt, textSha256: textSha256.toLowerCase() },
      ),
    },
  }
}

/** Origin and path of a page; nothing of an address that is no page's. */
function stripQuery(address: string): string {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return ''
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname}`.slice(0, 1000)
}
