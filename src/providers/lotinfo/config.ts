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
import type { Parameter } from '../core/parameter.ts'

const idSchema = pipe(number(), integer('a whole number'))
const flagSchema = picklist([0, 1], '0 or 1')
const templateSchema = pipe(string(), minLength(1, 'a text that is not empty'))

/**
 * Schema of the options of a Lotinfo destination, with credentials resolved. Numbers and flags are those of the
 * document; texts are templates with field names in braces.
 */
export const lotinfoConfig = object({
  provider: optional(literal('lotinfo')),
  /** Secret. It is part of the address of the call. */
  token: pipe(string(), minLength(1, 'a text that is not empty')),
  /** Name of the query parameter: the document's table and its sample spell it differently. */
  tokenName: optional(picklist(['token', 'TOKEN'], 'token or TOKEN'), 'token'),
  /** Origin of the API, or of a sandbox. */
  baseUrl: optional(pipe(string(), url('an address, https://…')), 'https://api.lotinfo.ru'),
  /** 1 requests responses with Cyrillic as \uXXXX. */
  encoding: optional(flagSchema),
  /** The Lotinfo user who owns the client. */
  userId: optional(idSchema),
  /** The region and city of every client. They override those of the lead. */
  regionId: optional(idSchema),
  cityId: optional(idSchema),
  /** Ids of groups. */
  userCategory: optional(array(idSchema)),
  /** 0 person, 1 agent, 2 other, 3 developer, 4 contractor. */
  clientType: optional(picklist([0, 1, 2, 3, 4], '0 to 4')),
  /** 1 client, 2 counterparty, 3 lead. */
  clientc: optional(picklist([1, 2, 3], '1, 2 or 3'), 3),
  /** Name of the organisation, if `clientType` is not 0. */
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
  /**
   * One template for each comment. They replace the note about the loan, the consents and the attribution parameters.
   */
  comments: optional(array(templateSchema)),
  /** 1 turns on monitoring of the client's phones. */
  spy: optional(flagSchema),
  fields: optional(fieldRulesSchema),
})

/** Options of a Lotinfo destination. */
export type LotinfoConfig = InferOutput<typeof lotinfoConfig>

/** A parameter of Lotinfo's document. */
export type LotinfoParameter = Parameter<LotinfoConfig>
