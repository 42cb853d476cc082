import { is } from 'valibot'
import type { FieldIssue } from '../../lead/issue.ts'
import type { Outcome } from '../../lead/outcome.ts'
import { classifyNonIdempotent } from '../core/classify-non-idempotent.ts'
import { parseJson } from '../core/json.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { redactMessage } from '../core/redact-message.ts'
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
import { parseErrorKind } from './calls/api-error.ts'

/** What creating an application came to, with many campaigns (`create`) or with one (`sync_create`). */
export function admitadOutcome(result: HttpResult, config: AdmitadConfig, context: LeadContext): Outcome {
  if ('failure' in result) return classifyNonIdempotent(result)
  const { status, body } = result
  const json = parseJson(body)
  switch (parseErrorKind(result)) {
    case 'token':
      return { outcome: 'refused', reason: 'the access token was refused' }
    case 'rights':
      return { outcome: 'refused', reason: 'the credentials do not suffice' }
    case 'rate':
      return { outcome: 'unavailable', reason: 'too many requests', mayHaveArrived: false }
    case 'request':
      return badRequestOutcome(json, status, config, context)
    case undefined:
  }
  const answer = parseApplication(json)
  // 200, 201 and 202 are Admitad's ways of saying yes; whatever else came is none.
  if (!answer || status < 200 || status > 202) return classifyNonIdempotent(result)
  const decided =
    config.mode === 'sync' ? syncOutcome(answer, config) : createOutcome(answer, config, context)
  return (
    decided ??
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
export function syncOutcome(answer: ApplicationResponse, config: AdmitadConfig): Outcome | undefined {
  const { status, application_id: applicationId } = answer
  if (status === 'waiting_sms_verification') {
    // Without the id nobody could confirm it.
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

/** Nobody took it: the errors say why. */
function errorsOutcome(
  answer: ApplicationResponse,
  config: AdmitadConfig,
  context: LeadContext,
): Outcome | undefined {
  const { errors, id, application_id: applicationId } = answer
  // Campaign by campaign as the document shows them, or in whatever other shape.
  const messages = Array.isArray(errors) ? parseCampaignErrors(answer).map(({ message }) => message) : errors
  const isTold = parseCampaignErrors(answer).length > 0 || collectTexts(errors).length > 0
  if (!isTold || id !== undefined || applicationId !== undefined) return undefined
  const issues = parseIssues(messages, config, context)
  if (issues.length > 0) return { outcome: 'invalid', issues }
  const reason = redactMessage(collectTexts(messages).join('; '), collectCredentials(config, context))
  return reason === '' ? { outcome: 'declined' } : { outcome: 'declined', reason }
}

/** In test mode there is no id, and no campaign that could answer. */
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
  const fieldOf = (path: string): string => {
    const parameter = parameters.find((one) => one.path === path)
    return parameter ? issueFieldName(parameter, config, context) : ''
  }
  const paths = new Set(parameters.map(({ path }) => path))
  return parseFieldIssues(errors, paths, fieldOf, collectCredentials(config, context))
}

function collectCredentials(config: AdmitadConfig, context: LeadContext): readonly (string | undefined)[] {
  return [config.clientSecret, config.accessToken, context.accessToken]
}

/** One name of the document's, and what was said of it. */
interface ParameterMessage {
  readonly path: string
  readonly message: string
}

/**
 * What an answer's errors say of fields. Nothing documents their shape: names come as keys, `{ "email": ["…"] }`, or in
 * a sentence. `fieldOf` tells the field that a parameter was entered in.
 */
export function parseFieldIssues(
  errors: unknown,
  paths: ReadonlySet<string>,
  fieldOf: (path: string) => string,
  credentials: readonly (string | undefined)[],
): readonly FieldIssue[] {
  const issues = new Map<string, FieldIssue>()
  for (const { path, message } of parseParameterMessages(errors, paths, 4)) {
    const field = fieldOf(path)
    if (!issues.has(field)) issues.set(field, { field, message: redactMessage(message, credentials) })
  }
  return [...issues.values()]
}

/** Every text in errors of any shape. Garbage may be nested without end, so nothing deeper than a few levels is read. */
export function collectTexts(errors: unknown, levels = 4): readonly string[] {
  if (typeof errors === 'string') return errors.trim() === '' ? [] : [errors.trim()]
  if (typeof errors !== 'object' || errors === null || levels === 0) return []
  return Object.values(errors)
    .slice(0, 100)
    .flatMap((error) => collectTexts(error, levels - 1))
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

/** Names in a sentence: one that is a word of English, such as "phone", only where it is marked as a name. */
function parameterNamesIn(sentence: string, paths: ReadonlySet<string>): readonly string[] {
  const text = sentence.slice(0, 2000)
  const marked = Array.from(text.matchAll(/["'«`[(]([a-z]\w*)["'»`\])]|^\s*([a-z]\w*)\s*:/g), (found) =>
    String(found[1] ?? found[2]),
  )
  const unmistakable = text.match(/[a-z]\w*/g)?.filter((name) => name.includes('_')) ?? []
  return [...new Set([...marked, ...unmistakable])].filter((name) => paths.has(name))
}
