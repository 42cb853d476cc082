import {
  array,
  type InferOutput,
  literal,
  object,
  optional,
  picklist,
  pipe,
  regex,
  strictObject,
  string,
} from 'valibot'
import { fieldRulesSchema } from '../core/field-rules.ts'
import {
  baseUrlOption,
  countOption,
  credentialOption,
  idOption,
  nonEmptyTextOption,
} from '../core/options/option-schemas.ts'
import type { Parameter } from '../core/parameter.ts'

/** A share, or a template that gives one. */
export const sharePattern = /^[1-9]\d*\/[1-9]\d*$|\{/

const flagSchema = picklist([0, 1], '0 or 1')

/**
 * Schema of the options of a Lotinfo destination, with credentials resolved. Numbers and flags are those of the
 * document; texts are templates with field names in braces.
 */
export const lotinfoConfig = object({
  provider: optional(literal('lotinfo')),
  /** Secret. It is part of the address of the call. */
  token: credentialOption,
  /** Name of the query parameter: the document's table and its sample spell it differently. */
  tokenName: optional(picklist(['token', 'TOKEN'], 'token or TOKEN'), 'token'),
  /** Origin of the API, or of a sandbox. */
  baseUrl: optional(baseUrlOption('v1', 'v1/CLIENTS'), 'https://api.lotinfo.ru'),
  /** 1 requests responses with Cyrillic as \uXXXX. */
  encoding: optional(flagSchema),
  /** The Lotinfo user who owns the client. */
  userId: optional(idOption),
  /**
   * Added to the lead's number, which becomes the client's number in the sender's records (`apiIdExchange`). A new
   * database begins at 1 again.
   */
  apiIdOffset: optional(countOption),
  /** The region and city of every client. They override those of the lead. */
  regionId: optional(idOption),
  cityId: optional(idOption),
  /** Ids of groups. */
  userCategory: optional(array(idOption)),
  /** 0 person, 1 agent, 2 other, 3 developer, 4 contractor. */
  clientType: optional(picklist([0, 1, 2, 3, 4], '0 to 4')),
  /** 1 client, 2 counterparty, 3 lead. */
  clientc: optional(picklist([1, 2, 3], '1, 2 or 3'), 3),
  /** Name of the organisation, if `clientType` is not 0. */
  agency: optional(nonEmptyTextOption),
  /** Legal capacity by age: 1 under 14, 2 minor, 3 adult. */
  deeps: optional(picklist([1, 2, 3], '1, 2 or 3')),
  /** Legal capacity: 1 full, 2 limited, 3 none. */
  deepon: optional(picklist([1, 2, 3], '1, 2 or 3')),
  description: optional(nonEmptyTextOption),
  objects: optional(
    array(
      strictObject({
        id: optional(idOption),
        name: optional(nonEmptyTextOption),
        lpr: optional(flagSchema),
        /** A share such as 1/3. */
        doled: optional(pipe(string(), regex(sharePattern, 'a share such as 1/3'))),
      }),
    ),
    [],
  ),
  orders: optional(array(strictObject({ id: optional(idOption), name: optional(nonEmptyTextOption) })), []),
  /**
   * One template for each comment. They replace the note about the loan, the consents and the attribution parameters.
   */
  comments: optional(array(nonEmptyTextOption)),
  /** 1 turns on monitoring of the client's phones. */
  spy: optional(flagSchema),
  fields: optional(fieldRulesSchema),
})

/** Options of a Lotinfo destination. */
export type LotinfoConfig = InferOutput<typeof lotinfoConfig>

/** A parameter of Lotinfo's document. */
export type LotinfoParameter = Parameter<LotinfoConfig>
