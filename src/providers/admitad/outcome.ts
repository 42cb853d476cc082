import { is } from 'valibot'
import type { Outcome, ReceiverProgress } from '../../lead/outcome.ts'
import { classifyNonIdempotent, settleNonIdempotent } from '../core/refusals/classify-non-idempotent.ts'
import { collectTexts, redactMessage, redactReason } from '../core/error-messages.ts'
import type { DeliverableLead } from '../../lead/lead.ts'
import { parseJson } from '../core/json.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { readRefusal } from '../core/refusals/read-refusal.ts'
import {
  type ApplicationResponse,
  parseCampaignStatus,
  parseResponses,
  parseCampaignErrors,
  campaignStatusSchema,
  parseProgress,
  parseApplication,
  parseServerTexts,
} from './response.ts'
import { callParameters, type CampaignAdditions } from './parameters.ts'
import { type AdmitadConfig, campaignIds } from './config.ts'
import { errorKindOutcome, parseErrorKind } from './calls/api-error.ts'

/** Reads the response to a new application, for many campaigns (`create`) or for one (`sync_create`). */
export function admitadOutcome(
  result: HttpResult,
  config: AdmitadConfig,
  context: LeadContext,
  additions?: CampaignAdditions,
): Outcome {
  if ('failure' in result) return classifyNonIdempotent(result)
  const { status, body } = result
  const credentials = collectCredentials(config, context)
  const call = { parameters: callParameters(config, context, additions), config, context, credentials }
  const json = parseJson(body)
  const failed = errorKindOutcome(parseErrorKind(result))
  if (failed) return failed
  // According to Admitad's help, 404 means a wrong address, in which the website's id is the only variable part.
  if (status === 404) return { outcome: 'refused', reason: 'status 404: no such website, or no such call' }
  const answer = parseApplication(json)
  // Admitad responds with 200, 201 or 202 to a success.
  if (!answer || status < 200 || status > 202) {
    return settleNonIdempotent(readRefusal(result, call), result)
  }
  const outcome =
    config.mode === 'sync'
      ? syncOutcome(answer, config, context.lead)
      : createOutcome(answer, config, context.lead, credentials)
  const isCreated = answer.id !== undefined || answer.application_id !== undefined
  // Without an id a status that says no may come with errors, as that of any other call.
  const refusal = outcome && isCreated ? undefined : readRefusal(result, call)
  const isTold = refusal && (refusal.outcome !== 'declined' || refusal.reason !== undefined)
  return (
    (isTold ? refusal : outcome) ??
    refusal ??
    testModeOutcome(answer, config) ??
    classifyNonIdempotent(result)
  )
}

function createOutcome(
  answer: ApplicationResponse,
  config: AdmitadConfig,
  lead: DeliverableLead,
  credentials: readonly (string | undefined)[],
): Outcome | undefined {
  const { id: providerId, algorithm } = answer
  const responses = parseResponses(answer)
  // Without a readable word about the campaigns nobody knows whether one of them has the application.
  if (providerId === undefined || !responses || (answer.responses ?? algorithm ?? undefined) === undefined)
    return undefined
  const errors = parseCampaignErrors(answer)
  const progress = parseProgress(answer, campaignIds(config))
  const notices = errors.map(({ campaign = '?', content: { message } }) =>
    redactMessage(`campaign ${campaign}: ${collectTexts(message).join('; ')}`, credentials),
  )
  // The application was created, and every campaign has already turned it down.
  const isLost =
    responses.every((response) => isNo(parseCampaignStatus(response))) &&
    progress.every(({ status }) => isNo(status))
  if (progress.length + errors.length > 0 && isLost) {
    const statuses = responses.map((response) => {
      const { campaign = '?', content } = response
      return `campaign ${campaign}: ${[parseCampaignStatus(response), ...parseServerTexts(content)].join(', ')}`
    })
    return {
      outcome: 'declined',
      reason: redactReason([...statuses, ...notices].join('; '), credentials, lead),
    }
  }
  return {
    outcome: 'accepted',
    providerId,
    ...(progress.length > 0 ? { progress } : {}),
    ...(notices.length > 0 ? { notices } : {}),
  }
}

/** Whether a campaign has turned an application down. A status that the document does not have says nothing. */
function isNo(status: ReceiverProgress['status'] | undefined): boolean {
  return status === 'declined' || status === 'error'
}

/**
 * The outcome of the status in a response of `sync_create` or `confirm`; `undefined` if the status is not documented.
 * The bank's own words are kept only with the lead, whose data they may quote.
 */
export function syncOutcome(
  answer: ApplicationResponse,
  config: AdmitadConfig,
  lead?: DeliverableLead,
): Outcome | undefined {
  const { status, application_id: applicationId } = answer
  if (status === 'waiting_sms_verification') {
    // Without the id the code cannot be sent.
    return applicationId === undefined ? undefined : { outcome: 'verification', applicationId }
  }
  if (!is(campaignStatusSchema, status)) return undefined
  if (isNo(status)) {
    const reason = `campaign: ${[status, ...(lead ? parseServerTexts(answer) : [])].join(', ')}`
    const credentials = [config.clientSecret, config.accessToken]
    return { outcome: 'declined', reason: lead ? redactReason(reason, credentials, lead) : reason }
  }
  return {
    outcome: 'accepted',
    ...(applicationId === undefined ? {} : { providerId: applicationId }),
    progress: [{ receiver: String(config.campaignId ?? ''), status }],
  }
}

/**
 * In test mode the response has no id, and nothing was sent to a campaign: it ends the lead, whatever else it says,
 * unless it names errors.
 */
function testModeOutcome(answer: ApplicationResponse, { testMode }: AdmitadConfig): Outcome | undefined {
  const { id, application_id: applicationId, responses = null, algorithm, status } = answer
  const isAnswer = responses !== null || algorithm !== undefined || status !== undefined
  return testMode &&
    isAnswer &&
    id === undefined &&
    applicationId === undefined &&
    parseResponses(answer)?.length === 0 &&
    parseCampaignErrors(answer).length === 0
    ? { outcome: 'accepted', notices: ['test mode: nothing was sent to the campaigns'] }
    : undefined
}

function collectCredentials(config: AdmitadConfig, context: LeadContext): readonly (string | undefined)[] {
  return [config.clientSecret, config.accessToken, context.accessToken]
}
