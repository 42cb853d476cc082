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
import { collectTexts } from '../core/error-messages.ts'

const campaignStatuses = [
  'processing',
  'approved',
  'declined',
  'waiting',
  'error',
] as const satisfies readonly ReceiverProgress['status'][]

/** An id is one word: a longer text could quote personal data. */
const idSchema = pipe(
  union([pipe(number(), minValue(1)), pipe(string(), regex(/^[\w.:/-]{1,100}$/))]),
  transform(String),
)

/** The status of one campaign, in lists and in responses of `sync_create`. */
export const campaignStatusSchema = picklist(campaignStatuses)

const campaignResponseSchema = object({
  campaign_id: idSchema,
  status: campaignStatusSchema,
  order_id: fallback(optional(idSchema), undefined),
})

/** An application in responses of `create` and in the list. Members that are not as documented count as absent. */
const applicationSchema = object({
  id: fallback(optional(idSchema), undefined),
  responses: fallback(optional(array(unknown())), undefined),
  errors: optional(unknown()),
  error: optional(unknown()),
  algorithm: fallback(optional(array(unknown())), undefined),
  status: optional(unknown()),
  application_id: fallback(optional(idSchema), undefined),
  server_response: optional(unknown()),
})

/** An application in a response of Admitad. */
export type ApplicationResponse = InferOutput<typeof applicationSchema>

/** Parses an application. Returns `undefined` if it is no object or has an `error`. */
export function parseApplication(candidate: unknown): ApplicationResponse | undefined {
  const result = Array.isArray(candidate) ? undefined : safeParse(applicationSchema, candidate)
  if (!result?.success) return undefined
  const { error } = result.output
  return error === undefined || error === null ? result.output : undefined
}

/** What the receiver's own server said, in `server_response` of a campaign or of an application. */
export function parseServerTexts(candidate: unknown): readonly string[] {
  const { server_response: said }: { readonly server_response?: unknown } = Object(candidate)
  const { message }: { readonly message?: unknown } = Object(said)
  return collectTexts(typeof said === 'string' ? said : message)
}

const campaignErrorSchema = object({
  campaign_id: fallback(optional(idSchema), undefined),
  message: optional(unknown()),
})

/** The error of a campaign that did not accept an application. */
export type CampaignError = InferOutput<typeof campaignErrorSchema>

/** The errors of an application, one for each campaign. */
export function parseCampaignErrors({ errors }: ApplicationResponse): readonly CampaignError[] {
  const list: readonly unknown[] = Array.isArray(errors) ? errors : []
  return list.flatMap((candidate) => {
    const result = safeParse(campaignErrorSchema, candidate)
    return result.success ? [result.output] : [{ campaign_id: undefined, message: candidate }]
  })
}

const campaignGroupSchema = object({ ids: array(idSchema) })

/**
 * The status of an application in each campaign. A campaign that has received it has a response of its own. A campaign
 * whose group has not been reached (in the response's `algorithm`, or in `campaigns` if there is none) is queued, which
 * the document calls `processing`.
 */
export function parseProgress(
  answer: ApplicationResponse,
  campaigns: readonly number[] = [],
): readonly ReceiverProgress[] {
  const responded = (answer.responses ?? []).flatMap((candidate): readonly ReceiverProgress[] => {
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
    // A campaign with an unreadable response has received the application all the same.
    ...(answer.responses ?? []).flatMap((candidate) => parseCampaignId(candidate)),
    ...parseCampaignErrors(answer).map(({ campaign_id: receiver }) => receiver),
  ])
  const all = new Set(groups.length > 0 ? groups : campaigns.map(String))
  const queued = [...all].filter((receiver) => !known.has(receiver))
  return [...responded, ...queued.map((receiver) => ({ receiver, status: 'processing' }) as const)]
}

const campaignIdSchema = object({ campaign_id: idSchema })

function parseCampaignId(candidate: unknown): readonly string[] {
  const result = safeParse(campaignIdSchema, candidate)
  return result.success ? [result.output.campaign_id] : []
}
