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
import { fieldRules } from '../field-rules.ts'

/** What a lead can become in 5CRM. */
export const fiveCrmMethods = ['form', 'deal', 'contact', 'company', 'task'] as const

/** One of {@link fiveCrmMethods}. */
export type FiveCrmMethod = (typeof fiveCrmMethods)[number]

const id = pipe(number(), integer('a whole number'))
const token = pipe(string(), minLength(1, 'a text that is not empty'))
const template = pipe(string(), minLength(1, 'a text that is not empty'))

/** Options of a 5CRM destination, credentials filled in. Texts are templates that may have names in braces. */
export const fiveCrmConfig = object({
  provider: optional(literal('fivecrm')),
  method: optional(picklist(fiveCrmMethods, fiveCrmMethods.join(', ')), 'deal'),
  /** Made for pages, so no secret. */
  publicToken: token,
  /** Secret; given out on request, and needed for the list of managers only. */
  secretToken: optional(token),
  /** Origin of the API; a sandbox stands in for it here. */
  baseUrl: optional(pipe(string(), url('an address, https://…')), 'https://api.5crm.ru'),
  /** Ids of the CRM's own lists; each counts where the method has such a parameter. */
  funnelId: optional(id),
  stageId: optional(id),
  statusId: optional(id),
  typeId: optional(id),
  sourceId: optional(id),
  managerId: optional(id),
  authorId: optional(id),
  companyId: optional(id),
  priorityId: optional(id),
  name: optional(template),
  description: optional(template),
  /** When a task is due; the document does not tell in which format. */
  dateExpired: optional(template),
  estimateHour: optional(id),
  estimateMinute: optional(id),
  estimateDay: optional(id),
  fields: optional(fieldRules),
})

/** Options of a 5CRM destination. */
export type FiveCrmConfig = InferOutput<typeof fiveCrmConfig>
