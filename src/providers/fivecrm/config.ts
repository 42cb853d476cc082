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
const tokenSchema = pipe(string(), minLength(1, 'a text that is not empty'))
const templateSchema = pipe(string(), minLength(1, 'a text that is not empty'))

/** Options of a 5CRM destination, credentials filled in. Texts are templates that may have names in braces. */
export const fiveCrmConfig = object({
  provider: optional(literal('fivecrm')),
  method: optional(picklist(fiveCrmMethods, fiveCrmMethods.join(', ')), 'deal'),
  /** Made for pages, so no secret. */
  publicToken: tokenSchema,
  /** Secret; given out on request, and needed for the list of managers only. */
  secretToken: optional(tokenSchema),
  /** Origin of the API; a sandbox stands in for it here. */
  baseUrl: optional(pipe(string(), url('an address, https://…')), 'https://api.5crm.ru'),
  /** Ids of the CRM's own lists; each counts where the method has such a parameter. */
  funnelId: optional(idSchema),
  stageId: optional(idSchema),
  statusId: optional(idSchema),
  typeId: optional(idSchema),
  sourceId: optional(idSchema),
  managerId: optional(idSchema),
  authorId: optional(idSchema),
  companyId: optional(idSchema),
  priorityId: optional(idSchema),
  name: optional(templateSchema),
  description: optional(templateSchema),
  /** When a task is due; the document does not tell in which format. */
  dateExpired: optional(templateSchema),
  estimateHour: optional(idSchema),
  estimateMinute: optional(idSchema),
  estimateDay: optional(idSchema),
  fields: optional(fieldRulesSchema),
})

/** Options of a 5CRM destination. */
export type FiveCrmConfig = InferOutput<typeof fiveCrmConfig>
