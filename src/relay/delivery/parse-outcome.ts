import {
  array,
  boolean,
  fallback,
  literal,
  number,
  object,
  optional,
  picklist,
  pipe,
  safeParse,
  string,
  transform,
  variant,
} from 'valibot'
import { issueCodes } from '../../lead/issue.ts'
import type { Outcome } from '../../lead/outcome.ts'
import { toStorableJson } from '../database/connection/storable.ts'

/** No sentence of a provider is longer; what an adapter quotes may be. */
const maxTextLength = 4000

const text = pipe(
  string(),
  transform((value) => (value.length > maxTextLength ? value.slice(0, maxTextLength).toWellFormed() : value)),
)
const optionalText = fallback(optional(text), undefined)
const optionalNumber = fallback(optional(number()), undefined)
const reason = fallback(text, 'no reason was given')

const issues = array(
  object({
    field: text,
    code: fallback(optional(picklist(issueCodes)), undefined),
    limit: optionalNumber,
    message: optionalText,
  }),
)

const progress = array(
  object({
    receiver: text,
    status: picklist(['processing', 'waiting', 'approved', 'declined', 'error']),
    orderId: optionalText,
  }),
)

const schema = variant('outcome', [
  object({
    outcome: literal('accepted'),
    providerId: optionalText,
    payout: optionalText,
    progress: fallback(optional(progress), undefined),
    notices: fallback(optional(array(text)), undefined),
  }),
  object({ outcome: literal('duplicate') }),
  object({ outcome: literal('declined'), reason: optionalText }),
  object({
    outcome: literal('verification'),
    applicationId: optionalText,
    attemptsLeft: optionalNumber,
    issues: fallback(optional(issues), undefined),
  }),
  object({ outcome: literal('invalid'), issues }),
  object({ outcome: literal('unavailable'), reason, mayHaveArrived: fallback(boolean(), true) }),
  object({ outcome: literal('refused'), reason }),
  object({ outcome: literal('unreadable'), reason, mayHaveArrived: fallback(boolean(), true) }),
  object({ outcome: literal('uncertain'), reason }),
])

/**
 * Parses what an adapter made of an answer. Own adapters need not be typed, and answers hold any characters: the result
 * is the same in memory as in the database. `undefined` if it is no outcome.
 */
export function parseOutcome(candidate: unknown): Outcome | undefined {
  const json = serialize(candidate)
  if (json === undefined) return undefined
  const result = safeParse(schema, JSON.parse(toStorableJson(json)))
  // Optional members that are absent stay absent.
  return result.success ? JSON.parse(JSON.stringify(result.output)) : undefined
}

/** `undefined` for what has no JSON: a circle, a BigInt, a function. */
function serialize(candidate: unknown): string | undefined {
  try {
    return JSON.stringify(candidate)
  } catch {
    return undefined
  }
}
