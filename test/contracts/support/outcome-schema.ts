import {
  array,
  boolean,
  type GenericSchema,
  literal,
  number,
  exactOptional,
  picklist,
  strictObject,
  string,
  union,
} from 'valibot'
import { issueCodes } from '../../../src/lead/issue.ts'
import type { Outcome } from '../../../src/lead/outcome.ts'

const issue = strictObject({
  field: string(),
  code: exactOptional(picklist(issueCodes)),
  limit: exactOptional(number()),
  message: exactOptional(string()),
})
const progress = strictObject({
  receiver: string(),
  status: picklist(['processing', 'waiting', 'approved', 'declined', 'error']),
  orderId: exactOptional(string()),
})
const open = { reason: string(), mayHaveArrived: boolean() }

/** A strict schema of every outcome, written independently of the types in src/lead/outcome.ts. */
export const outcomeSchema = union([
  strictObject({
    outcome: literal('accepted'),
    providerId: exactOptional(string()),
    progress: exactOptional(array(progress)),
    notices: exactOptional(array(string())),
  }),
  strictObject({ outcome: literal('duplicate') }),
  strictObject({ outcome: literal('declined'), reason: exactOptional(string()) }),
  strictObject({
    outcome: literal('verification'),
    applicationId: exactOptional(string()),
    attemptsLeft: exactOptional(number()),
    issues: exactOptional(array(issue)),
  }),
  strictObject({ outcome: literal('invalid'), issues: array(issue) }),
  strictObject({ outcome: literal('unavailable'), ...open }),
  strictObject({ outcome: literal('refused'), reason: string() }),
  strictObject({ outcome: literal('unreadable'), ...open }),
  strictObject({ outcome: literal('uncertain'), reason: string() }),
]) satisfies GenericSchema<Outcome>
