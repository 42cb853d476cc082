import {
  type InferOutput,
  integer,
  literal,
  minLength,
  number,
  object,
  optional,
  picklist,
  pipe,
  string,
  url,
} from 'valibot'
import { fieldRulesSchema } from '../core/field-rules.ts'

/** What a lead can become in 5CRM. */
export const fiveCrmMethods = ['form', 'deal', 'contact', 'company', 'task'] as const

/** One of {@link fiveCrmMethods}. */
export type FiveCrmMethod = (typeof fiveCrmMethods)[number]

const idSchema = pipe(number(), integer('a whole number'))
const textSchema = pipe(string(), minLength(1, 'a text that is not empty'))

/**
 * Schema of the options of a 5CRM destination, with credentials resolved. Texts are templates with field names in
 * braces.
 */
export const fiveCrmConfig = object({
  provider: optional(literal('fivecrm')),
  method: optional(picklist(fiveCrmMethods, fiveCrmMethods.join(', ')), 'deal'),
  /** Not a secret: it is made to be seen in pages. */
  publicToken: textSchema,
  /** Secret. 5CRM issues it on request; only the list of managers needs it. */
  secretToken: optional(textSchema),
  /** Origin of the API, or of a sandbox. */
  baseUrl: optional(pipe(string(), url('an address, https://…')), 'https://api.5crm.ru'),
  /** Ids from the CRM's own lists. Each is sent if the method has such a parameter. */
  funnelId: optional(idSchema),
  stageId: optional(idSchema),
  statusId: optional(idSchema),
  typeId: optional(idSchema),
  sourceId: optional(idSchema),
  managerId: optional(idSchema),
  authorId: optional(idSchema),
  companyId: optional(idSchema),
  priorityId: optional(idSchema),
  name: optional(textSchema),
  description: optional(textSchema),
  /** When a task is due. The document does not specify the format. */
  dateExpired: optional(textSchema),
  estimateHour: optional(idSchema),
  estimateMinute: optional(idSchema),
  estimateDay: optional(idSchema),
  fields: optional(fieldRulesSchema),
})

/** Options of a 5CRM destination. */
export type FiveCrmConfig = InferOutput<typeof fiveCrmConfig>
