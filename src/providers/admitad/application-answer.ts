import {
  array,
  fallback,
  type InferOutput,
  minValue,
  nonEmpty,
  number,
  object,
  optional,
  picklist,
  pipe,
  safeParse,
  string,
  transform,
  union,
  unknown,
} from 'valibot'
import type { Progress } from '../../lead/outcome.ts'

const statuses = [
  'processing',
  'approved',
  'declined',
  'waiting',
  'error',
] as const satisfies readonly Progress['status'][]

const id = pipe(
  union([pipe(number(), minValue(1)), pipe(string(), nonEmpty())]),
  transform((given) => String(given).slice(0, 100)),
)

/** The status of one campaign, in lists and in the answers of `sync_create`. */
export const campaignStatus = picklist(statuses)

const response = object({
  campaign_id: id,
  status: campaignStatus,
  order_id: fallback(optional(id), undefined),
})

/** An application as `create` answers it and the list shows it; whatever is not as documented counts as absent. */
const schema = object({
  id: fallback(optional(id), undefined),
  responses: fallback(optional(array(unknown())), undefined),
  errors: optional(unknown()),
  error: optional(unknown()),
  algorithm: fallback(optional(array(unknown())), undefined),
  status: optional(unknown()),
  application_id: fallback(optional(id), undefined),
})

/** An application as Admitad shows it. */
export type ApplicationAnswer = InferOutput<typeof schema>

/** Reads an application; nothing where it is not an object, or complains of an error. */
export function readApplication(candidate: unknown): ApplicationAnswer | undefined {
  const result = Array.isArray(candidate) ? undefined : safeParse(schema, candidate)
  if (!result?.success) return undefined
  const { error: complaint } = result.output
  return complaint === undefined || complaint === null ? result.output : undefined
}

const error = object({ campaign_id: fallback(optional(id), undefined), message: optional(unknown()) })

/** A campaign that did not take an application. */
export type CampaignError = InferOutput<typeof error>

/** The errors of an application, campaign by campaign. */
export function campaignErrors({ errors }: ApplicationAnswer): readonly CampaignError[] {
  const list: readonly unknown[] = Array.isArray(errors) ? errors : []
  return list.flatMap((candidate) => {
    const result = safeParse(error, candidate)
    return result.success ? [result.output] : [{ campaign_id: undefined, message: candidate }]
  })
}

const group = object({ ids: array(id) })

/**
 * How the campaigns stand with an application. Those that have got it answer for themselves; those whose group is yet to
 * come (`campaigns` unless the answer tells its own algorithm) are queued, which the document calls `processing`.
 */
export function progressOf(
  answer: ApplicationAnswer,
  campaigns: readonly number[] = [],
): readonly Progress[] {
  const answered = (answer.responses ?? []).flatMap((candidate): readonly Progress[] => {
    const result = safeParse(response, candidate)
    if (!result.success) return []
    const { campaign_id: receiver, status, order_id: orderId } = result.output
    return [orderId === undefined ? { receiver, status } : { receiver, status, orderId }]
  })
  const groups = (answer.algorithm ?? []).flatMap((candidate) => {
    const result = safeParse(group, candidate)
    return result.success ? result.output.ids : []
  })
  const known = new Set([
    // A response that could not be read is no reason to wait for its campaign.
    ...(answer.responses ?? []).flatMap((candidate) => campaignOf(candidate)),
    ...campaignErrors(answer).map(({ campaign_id: receiver }) => receiver),
  ])
  const all = new Set(groups.length > 0 ? groups : campaigns.map(String))
  const queued = [...all].filter((receiver) => !known.has(receiver))
  return [...answered, ...queued.map((receiver) => ({ receiver, status: 'processing' }) as const)]
}

const withCampaign = object({ campaign_id: id })

function campaignOf(candidate: unknown): readonly string[] {
  const result = safeParse(withCampaign, candidate)
  return result.success ? [result.output.campaign_id] : []
}
