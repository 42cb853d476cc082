import { is } from 'valibot'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome } from '../../lead/outcome.ts'
import { classifyNonIdempotent } from '../core/classify-non-idempotent.ts'
import { collectTexts, redactMessage } from '../core/error-messages.ts'
import { parseJson } from '../core/json.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { issueFieldName } from '../core/write-parameters.ts'
import {
  type ApplicationResponse,
  parseCampaignErrors,
  campaignStatusSchema,
  parseProgress,
  parseApplication,
} from './response.ts'
import { admitadParameters } from './parameters.ts'
import { type AdmitadConfig, campaignIds } from './config.ts'
import { campaignParameters } from './campaigns/campaign-parameters.ts'
import { errorKindOutcome, parseErrorKind } from './calls/api-error.ts'

/** Reads the response to a new application, for many campaigns (`create`) or for one (`sync_create`). */
export function admitadOutcome(result: HttpResult, config: AdmitadConfig, context: LeadContext): Outcome {
  if ('failure' in result) return classifyNonIdempotent(result)
  const { status, body } = result
  const json = parseJson(body)
  const kind = parseErrorKind(result)
  if (kind === 'request') return badRequestOutcome(json, status, config, context)
  const failed = errorKindOutcome(kind)
  if (failed) return failed
  const answer = parseApplication(json)
  // Admitad responds with 200, 201 or 202 to a success.
  if (!answer || status < 200 || status > 202) return classifyNonIdempotent(result)
  const outcome =
    config.mode === 'sync' ? syncOutcome(answer, config) : createOutcome(answer, config, context)
  return (
    outcome ??
    errorsOutcome(answer, config, context) ??
    testModeOutcome(answer, config) ??
    classifyNonIdempotent(result)
  )
}

function createOutcome(
  answer: ApplicationResponse,
  config: AdmitadConfig,
  context: LeadContext,
): Outcome | undefined {
  const { id: providerId, responses, algorithm } = answer
  if (providerId === undefined || !(responses ?? algorithm)) return undefined
  const errors = parseCampaignErrors(answer)
  const progress = parseProgress(answer, campaignIds(config))
  const notices = errors.map(({ campaign_id: campaign = '?', message }) =>
    redactMessage(
      `campaign ${campaign}: ${collectTexts(message).join('; ')}`,
      collectCredentials(config, context),
    ),
  )
  const isLost = ({ status }: (typeof progress)[number]): boolean =>
    status === 'declined' || status === 'error'
  // The application was created, and every campaign has already turned it down.
  if (progress.length + errors.length > 0 && progress.every(isLost)) {
    const statuses = progress.map(({ receiver, status }) => `campaign ${receiver}: ${status}`)
    return { outcome: 'declined', reason: [...statuses, ...notices].join('; ').slice(0, 500) }
  }
  return {
    outcome: 'accepted',
    providerId,
    ...(progress.length > 0 ? { progress } : {}),
    ...(notices.length > 0 ? { notices } : {}),
  }
}

/**
 * The outcome of the status in a response of `sync_create` or `confirm`; `undefined` if the status is not documented.
 */
export function syncOutcome(answer: ApplicationResponse, config: AdmitadConfig): Outcome | undefined {
  const { status, application_id: applicationId } = answer
  if (status === 'waiting_sms_verification') {
    // Without the id the code cannot be sent.
    return applicationId === undefined ? undefined : { outcome: 'verification', applicationId }
  }
  if (!is(campaignStatusSchema, status)) return undefined
  if (status === 'declined' || status === 'error')
    return { outcome: 'declined', reason: `campaign: ${status}` }
  return {
    outcome: 'accepted',
    ...(applicationId === undefined ? {} : { providerId: applicationId }),
    progress: [{ receiver: String(config.campaignId ?? ''), status }],
  }
}

/** The outcome of a response with errors and without an id: no campaign accepted the application. */
function errorsOutcome(
  answer: ApplicationResponse,
  config: AdmitadConfig,
  context: LeadContext,
): Outcome | undefined {
  const { errors, id, application_id: applicationId } = answer
  // One error for each campaign, as documented, or any other shape.
  const messages = Array.isArray(errors) ? parseCampaignErrors(answer).map(({ message }) => message) : errors
  const hasErrors = parseCampaignErrors(answer).length > 0 || collectTexts(errors).length > 0
  if (!hasErrors || id !== undefined || applicationId !== undefined) return undefined
  const issues = parseIssues(messages, config, context)
  if (issues.length > 0) return { outcome: 'invalid', issues }
  const reason = redactMessage(collectTexts(messages).join('; '), collectCredentials(config, context))
  return reason === '' ? { outcome: 'declined' } : { outcome: 'declined', reason }
}

/** In test mode the response has no id and no campaign's response. */
function testModeOutcome(answer: ApplicationResponse, { testMode }: AdmitadConfig): Outcome | undefined {
  return testMode &&
    answer.id === undefined &&
    answer.responses?.length === 0 &&
    parseCampaignErrors(answer).length === 0
    ? { outcome: 'accepted', notices: ['test mode: nothing was sent to the campaigns'] }
    : undefined
}

function badRequestOutcome(
  json: unknown,
  status: number,
  config: AdmitadConfig,
  context: LeadContext,
): Outcome {
  const issues = parseIssues(json, config, context)
  if (issues.length > 0) return { outcome: 'invalid', issues }
  return { outcome: 'unreadable', reason: `status ${status}: the request was refused`, mayHaveArrived: false }
}

function parseIssues(errors: unknown, config: AdmitadConfig, context: LeadContext): readonly FieldIssue[] {
  const parameters = [...admitadParameters(config), ...campaignParameters(context.campaignSettings)]
  const fieldFor = (path: string): string => {
    const parameter = parameters.find((candidate) => candidate.path === path)
    return parameter ? issueFieldName(parameter, config, context) : ''
  }
  const paths = new Set(parameters.map(({ path }) => path))
  return parseFieldIssues(errors, paths, fieldFor, collectCredentials(config, context))
}

function collectCredentials(config: AdmitadConfig, context: LeadContext): readonly (string | undefined)[] {
  return [config.clientSecret, config.accessToken, context.accessToken]
}

/** A parameter of the document and the message about it. */
interface ParameterMessage {
  readonly path: string
  readonly message: string
}

/**
 * The issues of fields in the errors of a response. Their shape is not documented: parameters occur as keys,
 * `{ "email": ["…"] }`, or in a sentence. `fieldFor` returns the field of a parameter.
 */
export function parseFieldIssues(
  errors: unknown,
  paths: ReadonlySet<string>,
  fieldFor: (path: string) => string,
  credentials: readonly (string | undefined)[],
): readonly FieldIssue[] {
  const issues = new Map<string, FieldIssue>()
  for (const { path, message } of parseParameterMessages(errors, paths, 4)) {
    const field = fieldFor(path)
    if (!issues.has(field)) issues.set(field, { field, message: redactMessage(message, credentials) })
  }
  return [...issues.values()]
}

function parseParameterMessages(
  errors: unknown,
  paths: ReadonlySet<string>,
  levels: number,
): readonly ParameterMessage[] {
  if (typeof errors === 'string')
    return parameterNamesIn(errors, paths).map((path) => ({ path, message: errors.trim() }))
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  return Object.entries(errors)
    .slice(0, 100)
    .flatMap(([name, error]) =>
      paths.has(name)
        ? collectTexts(error, levels)
            .slice(0, 1)
            .map((message) => ({ path: name, message }))
        : parseParameterMessages(error, paths, levels - 1),
    )
}

/**
 * The parameters that a sentence names. One that is an English word, such as "phone", counts only if it is marked as a
 * name.
 */
function parameterNamesIn(sentence: string, paths: ReadonlySet<string>): readonly string[] {
  const text = sentence.slice(0, 2000)
  const marked = Array.from(text.matchAll(/["'«`[(]([a-z]\w*)["'»`\])]|^\s*([a-z]\w*)\s*:/g), (match) =>
    String(match[1] ?? match[2]),
  )
  const unmistakable = text.match(/[a-z]\w*/g)?.filter((name) => name.includes('_')) ?? []
  return [...new Set([...marked, ...unmistakable])].filter((name) => paths.has(name))
}
