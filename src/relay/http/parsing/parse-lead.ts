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
import { isIsoMoment } from '../../../lead/calendar-date.ts'
import { withoutEntered } from '../../../lead/entered-parameters.ts'
import type { Lead } from '../../../lead/lead.ts'
import { isLeadKey, isUuid } from '../../../lead/lead-identity.ts'
import type { LeadValues } from '../../../lead/values.ts'
import { sanitizeAttribution } from './sanitize-attribution.ts'

/** Drops control characters and replaces lone surrogates: PostgreSQL does not store them. */
const text = pipe(
  string('a text'),
  transform((value) => value.replace(/[^\P{Cc}\t\n\r]/gu, '').toWellFormed()),
)
const shortText = pipe(text, maxLength(2000, 'a text of at most 2000 characters'))
/** A value. Values have one line: line breaks and tabs of programs become spaces, as they do where a person types. */
const valueText = pipe(
  text,
  transform((value) =>
    /[\t\n\r]/.test(value)
      ? value
          .split(/[\t\n\r]/)
          .map((line) => line.trim())
          .filter(Boolean)
          .join(' ')
      : value,
  ),
  // The length is limited here because the rules of some fields are slow for long texts.
  maxLength(2000, 'a text of at most 2000 characters'),
)
const expectedMoment = 'a timestamp in ISO 8601 with its offset from UTC, 2026-11-22T12:00:00+03:00'
const isoTimestamp = pipe(string(expectedMoment), check(isIsoMoment, expectedMoment))

const values = pipe(
  record(
    text,
    union(
      [valueText, pipe(number('a number'), finite('a finite number')), boolean('true or false')],
      'a text, a number, true or false',
    ),
    'an object',
  ),
  // Only the shape is checked here. `validateValues` checks the values against the form definition.
  transform((candidate) => candidate as LeadValues),
)

const schema = object(
  {
    id: pipe(string('a UUID'), check(isUuid, 'a UUID'), toLowerCase()),
    key: pipe(
      string('a key'),
      check(isLeadKey, 'at least 128 random bits in base64url, 22 characters or more'),
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
      {
        url: pipe(text, transform(parsePageUrl)),
        startedAt: isoTimestamp,
        submittedAt: isoTimestamp,
        variant: optional(shortText),
      },
      'an object',
    ),
    widget: optional(
      pipe(
        text,
        transform((version) => version.slice(0, 64)),
      ),
      '',
    ),
    partial: optional(boolean('true or false'), false),
    step: optional(shortText),
  },
  'an object',
)

/** A lead that was posted. */
export interface PostedLead {
  readonly lead: Lead
  /** The step that the person is at, where the lead is not finished. */
  readonly partialStep?: string
}

/** Parses the body of a POST of a lead. A problem names the path and the expected value, never the posted value. */
export function parseLead(candidate: unknown): PostedLead | { readonly problem: string } {
  const result = safeParse(schema, candidate)
  if (!result.success) {
    const [issue] = result.issues
    const path = getDotPath(issue)
    if (issue.type === 'object' && issue.received === 'undefined')
      return { problem: `${path ?? 'body'} is missing` }
    return { problem: `${path ?? 'body'}: expected ${issue.message}` }
  }
  const { consents, partial, step, ...lead } = result.output
  if (partial && step === undefined) return { problem: 'step is missing: a partial lead names the step' }
  return {
    ...(partial && step !== undefined ? { partialStep: step } : {}),
    lead: {
      ...lead,
      attribution: withoutEntered(lead.attribution, lead.values),
      consents: consents.map(({ textSha256, ...receipt }) =>
        textSha256 === undefined ? receipt : { ...receipt, textSha256: textSha256.toLowerCase() },
      ),
    },
  }
}

/** The origin and path of a page's URL. Empty for anything but http and https. */
function parsePageUrl(url: string): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return ''
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`.slice(0, 1000)
}
