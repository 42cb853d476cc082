import {
  array,
  boolean,
  type InferOutput,
  literal,
  null_,
  object,
  optional,
  picklist,
  pipe,
  record,
  regex,
  strictObject,
  string,
  union,
} from 'valibot'
import { receivers } from '../../lead/receiver.ts'
import { createAddressSchema } from '../core/url.ts'
import { httpRuleSchema, name, outcomeRuleSchema } from './rules.ts'

const headerName = pipe(string(), regex(/^[\w!#$%&'*+.^`|~-]+$/, 'the name of a header'))
const headerValue = pipe(string(), regex(/^[\t\x20-\x7E\x80-\xFF]*$/, 'a text of one line, without Cyrillic'))

/** Headers by name. A secret stands as `{ secret: '…' }`. */
export const httpHeadersSchema = record(
  headerName,
  union([headerValue, strictObject({ secret: headerValue })], 'a text, or { "env": "NAME" } for a secret'),
)

/** The options of an interface as they are written, with credentials resolved. */
export const httpOptions = object({
  provider: optional(literal('http')),
  /** Names the destination. */
  name: optional(string()),
  /** A definition that comes with the package; the other options go before it. */
  definition: optional(string()),
  method: optional(picklist(['POST', 'PUT', 'PATCH', 'GET'], 'POST, PUT, PATCH or GET')),
  url: optional(createAddressSchema()),
  format: optional(picklist(['json', 'form', 'query'], 'json, form or query')),
  headers: optional(httpHeadersSchema),
  retry: optional(picklist(['safe', 'if-not-sent'], '"safe" or "if-not-sent"')),
  /** What is sent, by the path in the body. `null` leaves out what the definition sends. */
  fields: optional(record(string(), union([httpRuleSchema, null_()], httpRuleSchema.message))),
  outcomes: optional(array(outcomeRuleSchema, 'a list')),
  /** Names of fields that a form must ask for. */
  requires: optional(array(name, 'a list')),
  /** Ids of consents without which nothing may be sent. */
  consents: optional(array(name, 'a list')),
  /** What a definition leaves to the operator: `url`, `headers.Authorization`, `fields.api_token`. */
  needs: optional(array(name, 'a list')),
  receiver: optional(picklist(receivers, receivers.join(', '))),
  allowPrivate: optional(boolean(), false),
})

/** The options of an interface as they are written. */
export type HttpOptions = InferOutput<typeof httpOptions>
