import {
  array,
  fallback,
  type InferOutput,
  minValue,
  number,
  object,
  optional,
  picklist,
  pipe,
  regex,
  safeParse,
  string,
  transform,
  union,
  unknown,
} from 'valibot'
import type { ReceiverProgress } from '../../lead/outcome.ts'

const campaignStatuses = [
  'processing',
  'approved',
  'declined',
  'waiting',
  'error',
] as const satisfies readonly ReceiverProgress['status'][]

/** An id is one word: what has more in it may quote anything. */
const idSchema = pipe(
  union([pipe(number(), minValue(1)), pipe(string(), regex(/^[\w.:/-]{1,100}$/))]),
  transform(String),
)

/** The status of one campaign, in lists and in the answers of `sync_create`. */
export const campaignStatusSchema = picklist(campaignStatuses)

const campaignResponseSchema = object({
  campaign_id: idSchema,
  status: campaignStatusSchema,
  order_id: fallback(optional(idSchema), undefined),
})

/** An application as `create` answers it and the list shows it; whatever is not as documented counts as absent. */
const applicationSchema = object({
  id: fallback(optional(idSchema), undefined),
  responses: fallback(optional(array(unknown())), undefined),
  errors: optional(unknown()),
  error: optional(unknown()),
  algorithm: fallback(optional(array(unknown())), undefined),
  status: optional(unknown()),
  application_id: fallback(optional(idSchema), undefined),
})

/** An application as Admitad shows it. */
export type ApplicationResponse = InferOutput<typeof applicationSchema>

/** Reads an application; nothing where it is not an object, or complains of an error. */
export function parseApplication(candidate: unknown): ApplicationResponse | undefined {
  const result = Array.isArray(candidate) ? undefined : safeParse(applicationSchema, candidate)
  if (!result?.success) return undefined
  const { error: complaint } = result.output
  return complaint === undefined || complaint === null ? result.output : undefined
}

const campaignErrorSchema = object({
  campaign_id: fallback(optional(idSchema), undefined),
  message: optional(unknown()),
})

/** A campaign that did not take an application. */
export type CampaignError = InferOutput<typeof campaignErrorSchema>

/** The errors of an application, campaign by campaign. */
export function parseCampaignErrors({ errors }: ApplicationResponse): readonly CampaignError[] {
  const list: readonly unknown[] = Array.isArray(errors) ? errors : []
  return list.flatMap((candidate) => {
    const result = safeParse(campaignErrorSchema, candidate)
    return result.success ? [result.output] : [{ campaign_id: undefined, message: candidate }]
  })
}

const campaignGroupSchema = object({ ids: array(idSchema) })

/**
 * How the campaigns stand with an application. Those that have got it answer for themselves; those whose group is yet to
 * come (`campaigns` unless the answer tells its own algorithm) are queued, which the document calls `processing`.
 */
export function parseProgress(
  answer: ApplicationResponse,
  campaigns: readonly number[] = [],
): readonly ReceiverProgress[] {
  const answered = (answer.responses ?? []).flatMap((candidate): readonly ReceiverProgress[] => {
    const result = safeParse(campaignResponseSchema, candidate)
    if (!result.success) return []
    const { campaign_id: receiver, status, order_id: orderId } = result.output
    return [orderId === undefined ? { receiver, status } : { receiver, status, orderId }]
  })
  const groups = (answer.algorithm ?? []).flatMap((candidate) => {
    const result = safeParse(campaignGroupSchema, candidate)
    return result.success ? result.output.ids : []
  })
  const known = new Set([
    // A response that could not be read is no reason to wait for its campaign.
    ...(answer.responses ?? []).flatMap((candidate) => parseCampaignId(candidate)),
    ...parseCampaignErrors(answer).map(({ campaign_id: receiver }) => receiver),
  ])
  const all = new Set(groups.length > 0 ? groups : campaigns.map(String))
  const queued = [...all].filter((receiver) => !known.has(receiver))
  return [...answered, ...queued.map((receiver) => ({ receiver, status: 'processing' }) as const)]
}

const campaignIdSchema = object({ campaign_id: idSchema })

function parseCampaignId(candidate: unknown): readonly string[] {
  const result = safeParse(campaignIdSchema, candidate)
  return result.success ? [result.output.campaign_id] : []
}
