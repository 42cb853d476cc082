import { is } from 'valibot'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome } from '../../lead/outcome.ts'
import { notRepeated } from '../not-repeated.ts'
import { parseJson } from '../parse-json.ts'
import type { HttpResult, ProviderContext } from '../provider.ts'
import { quote } from '../quote.ts'
import { blamedFor } from '../write-parameters.ts'
import {
  type ApplicationAnswer,
  campaignErrors,
  campaignStatus,
  progressOf,
  readApplication,
} from './application-answer.ts'
import { callParameters } from './call-parameters.ts'
import { campaignIds } from './campaign-ids.ts'
import { campaignParameters } from './campaign-parameters.ts'
import type { AdmitadConfig } from './config.ts'
import { faultOf } from './fault.ts'
import { fieldMessages, textsOf } from './field-messages.ts'

/** What creating an application came to, with many campaigns (`create`) or with one (`sync_create`). */
export function applicationOutcome(
  result: HttpResult,
  config: AdmitadConfig,
  context: ProviderContext,
): Outcome {
  if ('failure' in result) return notRepeated(result)
  const { status, body } = result
  const json = parseJson(body)
  switch (faultOf(result)) {
    case 'token':
      return { outcome: 'refused', reason: 'the access token was refused' }
    case 'rights':
      return { outcome: 'refused', reason: 'the credentials do not suffice' }
    case 'rate':
      return { outcome: 'unavailable', reason: 'too many requests', mayHaveArrived: false }
    case 'request':
      return badRequest(json, status, config, context)
    case undefined:
  }
  const answer = readApplication(json)
  // 200, 201 and 202 are Admitad's ways of saying yes; whatever else came is none.
  if (!answer || status < 200 || status > 202) return notRepeated(result)
  const decided = config.mode === 'sync' ? ofSync(answer, config) : ofCreate(answer, config, context)
  return decided ?? ofErrors(answer, config, context) ?? ofTest(answer, config) ?? notRepeated(result)
}

function ofCreate(
  answer: ApplicationAnswer,
  config: AdmitadConfig,
  context: ProviderContext,
): Outcome | undefined {
  const { id: providerId, responses, algorithm } = answer
  if (providerId === undefined || !(responses ?? algorithm)) return undefined
  const errors = campaignErrors(answer)
  const progress = progressOf(answer, campaignIds(config))
  const notices = errors.map(({ campaign_id: campaign = '?', message }) =>
    quote(`campaign ${campaign}: ${textsOf(message).join('; ')}`, credentialsOf(config, context)),
  )
  const isLost = ({ status }: (typeof progress)[number]): boolean =>
    status === 'declined' || status === 'error'
  // Taken in, and turned down by everybody at once.
  if (progress.length + errors.length > 0 && progress.every(isLost)) {
    const told = progress.map(({ receiver, status }) => `campaign ${receiver}: ${status}`)
    return { outcome: 'declined', reason: [...told, ...notices].join('; ').slice(0, 500) }
  }
  return {
    outcome: 'accepted',
    providerId,
    ...(progress.length > 0 ? { progress } : {}),
    ...(notices.length > 0 ? { notices } : {}),
  }
}

/** What `sync_create` and `confirm` tell of an application by its status; nothing where that is not a documented one. */
export function ofSync(answer: ApplicationAnswer, config: AdmitadConfig): Outcome | undefined {
  const { status, application_id: applicationId } = answer
  if (status === 'waiting_sms_verification') {
    // Without the id nobody could confirm it.
    return applicationId === undefined ? undefined : { outcome: 'verification', applicationId }
  }
  if (!is(campaignStatus, status)) return undefined
  if (status === 'declined' || status === 'error')
    return { outcome: 'declined', reason: `campaign: ${status}` }
  return {
    outcome: 'accepted',
    ...(applicationId === undefined ? {} : { providerId: applicationId }),
    progress: [{ receiver: String(config.campaignId ?? ''), status }],
  }
}

/** Nobody took it: the errors say why. */
function ofErrors(
  answer: ApplicationAnswer,
  config: AdmitadConfig,
  context: ProviderContext,
): Outcome | undefined {
  const { errors, id, application_id: applicationId } = answer
  // Campaign by campaign as the document shows them, or in whatever other shape.
  const messages = Array.isArray(errors) ? campaignErrors(answer).map(({ message }) => message) : errors
  const isTold = campaignErrors(answer).length > 0 || textsOf(errors).length > 0
  if (!isTold || id !== undefined || applicationId !== undefined) return undefined
  const issues = issuesOf(messages, config, context)
  if (issues.length > 0) return { outcome: 'invalid', issues }
  const reason = quote(textsOf(messages).join('; '), credentialsOf(config, context))
  return reason === '' ? { outcome: 'declined' } : { outcome: 'declined', reason }
}

/** In test mode there is no id, and no campaign that could answer. */
function ofTest(answer: ApplicationAnswer, { testMode }: AdmitadConfig): Outcome | undefined {
  return testMode &&
    answer.id === undefined &&
    answer.responses?.length === 0 &&
    campaignErrors(answer).length === 0
    ? { outcome: 'accepted', notices: ['test mode: nothing was sent to the campaigns'] }
    : undefined
}

function badRequest(json: unknown, status: number, config: AdmitadConfig, context: ProviderContext): Outcome {
  const issues = issuesOf(json, config, context)
  if (issues.length > 0) return { outcome: 'invalid', issues }
  return { outcome: 'unreadable', reason: `status ${status}: the request was refused`, mayHaveArrived: false }
}

function issuesOf(errors: unknown, config: AdmitadConfig, context: ProviderContext): readonly FieldIssue[] {
  const parameters = [...callParameters(config), ...campaignParameters(context.campaignSettings)]
  const fieldOf = (path: string): string => {
    const parameter = parameters.find((one) => one.path === path)
    return parameter ? blamedFor(parameter, config, context) : ''
  }
  const paths = new Set(parameters.map(({ path }) => path))
  return fieldMessages(errors, paths, fieldOf, credentialsOf(config, context))
}

function credentialsOf(config: AdmitadConfig, context: ProviderContext): readonly (string | undefined)[] {
  return [config.clientSecret, config.accessToken, context.accessToken]
}
