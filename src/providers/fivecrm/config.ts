import { type InferOutput, literal, object, optional, picklist } from 'valibot'
import { fieldRulesSchema } from '../core/field-rules.ts'
import {
  baseUrlOption,
  countOption,
  credentialOption,
  idOption,
  nonEmptyTextOption,
} from '../core/options/option-schemas.ts'

/** What a lead can become in 5CRM. */
export const fiveCrmMethods = ['form', 'deal', 'contact', 'company', 'task'] as const

/** One of {@link fiveCrmMethods}. */
export type FiveCrmMethod = (typeof fiveCrmMethods)[number]

/**
 * Schema of the options of a 5CRM destination, with credentials resolved. Texts are templates with field names in
 * braces.
 */
export const fiveCrmConfig = object({
  provider: optional(literal('fivecrm')),
  method: optional(picklist(fiveCrmMethods, fiveCrmMethods.join(', ')), 'deal'),
  /** Not a secret: it is made to be seen in pages. */
  publicToken: credentialOption,
  /** Secret. 5CRM issues it on request; only the list of managers needs it. */
  secretToken: optional(credentialOption),
  /** Origin of the API, or of a sandbox. */
  baseUrl: optional(baseUrlOption('ctm', 'public'), 'https://api.5crm.ru'),
  /** Ids from the CRM's own lists. Each is sent if the method has such a parameter. */
  funnelId: optional(idOption),
  stageId: optional(idOption),
  statusId: optional(idOption),
  typeId: optional(idOption),
  sourceId: optional(idOption),
  managerId: optional(idOption),
  authorId: optional(idOption),
  companyId: optional(idOption),
  priorityId: optional(idOption),
  name: optional(nonEmptyTextOption),
  description: optional(nonEmptyTextOption),
  /** When a task is due. The document does not specify the format. */
  dateExpired: optional(nonEmptyTextOption),
  estimateHour: optional(countOption),
  estimateMinute: optional(countOption),
  estimateDay: optional(countOption),
  fields: optional(fieldRulesSchema),
})

/** Options of a 5CRM destination. */
export type FiveCrmConfig = InferOutput<typeof fiveCrmConfig>
