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
import { isRecord } from '../core/json.ts'
import { hasContent } from '../core/refusals/parameter-errors.ts'

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

/** An application in responses of `create` and in the list. Members that are not as documented count as absent. */
const applicationSchema = object({
  id: fallback(optional(idSchema), undefined),
  responses: optional(unknown()),
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

/** What a response says of one campaign. */
export interface CampaignEntry {
  /** Absent if the response does not name the campaign readably. */
  readonly campaign?: string | undefined
  readonly content: Readonly<Record<string, unknown>>
}

/**
 * What a response says of each campaign: the entries of a list, or of an object under the ids of the campaigns. No
 * entries if there is nothing; `undefined` for anything else.
 */
function parseEntries(
  candidate: unknown,
  member: 'status' | 'message',
): readonly CampaignEntry[] | undefined {
  if (candidate === undefined || candidate === null) return []
  if (typeof candidate !== 'object') return undefined
  const entries: readonly (readonly [string, unknown])[] = Object.entries(candidate)
  const isList = Array.isArray(candidate)
  if (!isList && entries.some(([key]) => !/^\d{1,15}$/.test(key))) return undefined
  return entries
    .filter(([, entry]) => entry !== null)
    .map(([key, entry]) => {
      const content = isRecord(entry) ? entry : { [member]: entry }
      // A list with gaps becomes an object, too, whose keys are places.
      const id = isList || 'campaign_id' in content ? content['campaign_id'] : key
      const campaign = safeParse(idSchema, id)
      return { campaign: campaign.success ? campaign.output : undefined, content }
    })
}

/** The responses of the campaigns that have received an application; `undefined` if they cannot be read. */
export function parseResponses({ responses }: ApplicationResponse): readonly CampaignEntry[] | undefined {
  return parseEntries(responses, 'status')
}

/** The errors of an application, one for each campaign that did not accept it. Others have no campaign. */
export function parseCampaignErrors({ errors }: ApplicationResponse): readonly CampaignEntry[] {
  const general = hasContent(errors) ? [{ content: { message: errors } }] : []
  return parseEntries(errors, 'message') ?? general
}

/** The status of a campaign that has received an application; `undefined` if the document does not have it. */
export function parseCampaignStatus({ content }: CampaignEntry): ReceiverProgress['status'] | undefined {
  const { status } = content
  const parsed = safeParse(
    campaignStatusSchema,
    typeof status === 'string' ? status.trim().toLowerCase() : '',
  )
  return parsed.success ? parsed.output : undefined
}

const campaignGroupSchema = object({ ids: array(idSchema) })

/**
 * The status of an application in each campaign. A campaign that has received it has a response of its own. A campaign
 * whose group has not been reached (in the response's `algorithm`, or in `campaigns` where that cannot be read) is
 * queued, which the document calls `processing`. So is one whose status is not documented: it has not said no.
 */
export function parseProgress(
  answer: ApplicationResponse,
  campaigns: readonly number[] = [],
): readonly ReceiverProgress[] {
  const responses = parseResponses(answer) ?? []
  const responded = responses.flatMap((entry): readonly ReceiverProgress[] => {
    const { campaign: receiver, content } = entry
    if (receiver === undefined) return []
    const status = parseCampaignStatus(entry) ?? 'processing'
    const orderId = safeParse(idSchema, content['order_id'])
    return [orderId.success ? { receiver, status, orderId: orderId.output } : { receiver, status }]
  })
  const groups = (answer.algorithm ?? []).map((candidate) => safeParse(campaignGroupSchema, candidate))
  const isKnown = groups.length > 0 && groups.every(({ success }) => success)
  const all = new Set([
    ...groups.flatMap((group) => (group.success ? group.output.ids : [])),
    ...(isKnown ? [] : campaigns.map(String)),
  ])
  const told = new Set([...responses, ...parseCampaignErrors(answer)].map(({ campaign }) => campaign))
  const queued = [...all].filter((receiver) => !told.has(receiver))
  return [...responded, ...queued.map((receiver) => ({ receiver, status: 'processing' }) as const)]
}
