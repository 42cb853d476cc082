import {
  array,
  type InferOutput,
  integer,
  literal,
  minLength,
  number,
  object,
  optional,
  picklist,
  pipe,
  strictObject,
  string,
  url,
} from 'valibot'
import { fieldRules } from '../field-rules.ts'

const id = pipe(number(), integer('a whole number'))
const flag = picklist([0, 1], '0 or 1')
const template = pipe(string(), minLength(1, 'a text that is not empty'))

/**
 * Options of a Lotinfo destination, credentials filled in. Numbers and flags are the document's own; texts are templates
 * that may have names in braces.
 */
export const lotinfoConfig = object({
  provider: optional(literal('lotinfo')),
  /** Secret; stands in the address of the call. */
  token: pipe(string(), minLength(1, 'a text that is not empty')),
  /** The document's table and its sample spell the query's parameter differently. */
  tokenName: optional(picklist(['token', 'TOKEN'], 'token or TOKEN'), 'token'),
  /** Origin of the API; a sandbox stands in for it here. */
  baseUrl: optional(pipe(string(), url('an address, https://…')), 'https://api.lotinfo.ru'),
  /** 1 asks for answers that spell Cyrillic as \uXXXX. */
  encoding: optional(flag),
  /** The user of Lotinfo to whom the client belongs. */
  userId: optional(id),
  /** Where every client belongs, whatever the lead says. */
  regionId: optional(id),
  cityId: optional(id),
  /** Groups, by their ids. */
  userCategory: optional(array(id)),
  /** 0 person, 1 agent, 2 other, 3 developer, 4 contractor. */
  clientType: optional(picklist([0, 1, 2, 3, 4], '0 to 4')),
  /** 1 client, 2 counterparty, 3 lead. */
  clientc: optional(picklist([1, 2, 3], '1, 2 or 3'), 3),
  /** Name of the organisation, where `clientType` is not 0. */
  agency: optional(template),
  /** Legal capacity by age: 1 under 14, 2 minor, 3 adult. */
  deeps: optional(picklist([1, 2, 3], '1, 2 or 3')),
  /** Legal capacity: 1 full, 2 limited, 3 none. */
  deepon: optional(picklist([1, 2, 3], '1, 2 or 3')),
  description: optional(template),
  objects: optional(
    array(
      strictObject({
        id: optional(id),
        name: optional(template),
        lpr: optional(flag),
        /** A share such as 1/3. */
        doled: optional(template),
      }),
    ),
    [],
  ),
  orders: optional(array(strictObject({ id: optional(id), name: optional(template) })), []),
  /** One template a comment; instead of the note about the loan, the consents and the marks. */
  comments: optional(array(template)),
  /** 1 has the activity of the client's phones watched. */
  spy: optional(flag),
  fields: optional(fieldRules),
})

/** Options of a Lotinfo destination. */
export type LotinfoConfig = InferOutput<typeof lotinfoConfig>
