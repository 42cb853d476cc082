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
import { fieldRulesSchema } from '../core/field-rules.ts'

const idSchema = pipe(number(), integer('a whole number'))
const flagSchema = picklist([0, 1], '0 or 1')
const templateSchema = pipe(string(), minLength(1, 'a text that is not empty'))

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
  encoding: optional(flagSchema),
  /** The user of Lotinfo to whom the client belongs. */
  userId: optional(idSchema),
  /** Where every client belongs, whatever the lead says. */
  regionId: optional(idSchema),
  cityId: optional(idSchema),
  /** Groups, by their ids. */
  userCategory: optional(array(idSchema)),
  /** 0 person, 1 agent, 2 other, 3 developer, 4 contractor. */
  clientType: optional(picklist([0, 1, 2, 3, 4], '0 to 4')),
  /** 1 client, 2 counterparty, 3 lead. */
  clientc: optional(picklist([1, 2, 3], '1, 2 or 3'), 3),
  /** Name of the organisation, where `clientType` is not 0. */
  agency: optional(templateSchema),
  /** Legal capacity by age: 1 under 14, 2 minor, 3 adult. */
  deeps: optional(picklist([1, 2, 3], '1, 2 or 3')),
  /** Legal capacity: 1 full, 2 limited, 3 none. */
  deepon: optional(picklist([1, 2, 3], '1, 2 or 3')),
  description: optional(templateSchema),
  objects: optional(
    array(
      strictObject({
        id: optional(idSchema),
        name: optional(templateSchema),
        lpr: optional(flagSchema),
        /** A share such as 1/3. */
        doled: optional(templateSchema),
      }),
    ),
    [],
  ),
  orders: optional(array(strictObject({ id: optional(idSchema), name: optional(templateSchema) })), []),
  /** One template a comment; instead of the note about the loan, the consents and the marks. */
  comments: optional(array(templateSchema)),
  /** 1 has the activity of the client's phones watched. */
  spy: optional(flagSchema),
  fields: optional(fieldRulesSchema),
})

/** Options of a Lotinfo destination. */
export type LotinfoConfig = InferOutput<typeof lotinfoConfig>
