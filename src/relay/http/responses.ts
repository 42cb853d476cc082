import type { FieldIssue } from '../../lead/issue.ts'
import type { PublicOutcomeName } from '../../lead/outcome.ts'
import { formatIssueMessage, type LeadAnswer } from '../leads/lead-state.ts'
/** Why a request was not served, for programs. */
export type ErrorCode =
  | 'not-json'
  | 'not-a-lead'
  | 'not-a-code'
  | 'parameter'
  | 'not-places'
  | 'origin'
  | 'no-token'
  | 'token'
  | 'unknown-form'
  | 'unknown-lead'
  | 'not-found'
  | 'key'
  | 'busy'
  | 'too-large'
  | 'content-type'
  | 'not-stored'
  | 'form-refused'
  | 'fault'

const errorStatus = {
  'not-json': 400,
  'not-a-lead': 400,
  'not-a-code': 400,
  parameter: 400,
  'not-places': 400,
  'no-token': 401,
  token: 403,
  origin: 403,
  'unknown-form': 404,
  'unknown-lead': 404,
  'not-found': 404,
  key: 409,
  busy: 409,
  'too-large': 413,
  'content-type': 415,
  fault: 500,
  'not-stored': 503,
  'form-refused': 503,
} as const satisfies Record<ErrorCode, number>

const outcomeStatus = {
  accepted: 200,
  duplicate: 200,
  declined: 200,
  verification: 200,
  queued: 202,
  invalid: 422,
} as const satisfies Record<PublicOutcomeName, number>

/** An error as every route answers it; `message` is for the developer who reads it, in plain words. */
export function errorResponse(code: ErrorCode, message: string): Response {
  return uncachedJson({ error: { code, message } }, errorStatus[code])
}

/** A lead's answer, with the status that the contract gives its outcome. */
export function answerResponse(id: string, answer: LeadAnswer): Response {
  return uncachedJson(formatAnswer(id, answer), outcomeStatus[answer.outcome])
}

/** A lead's answer to someone who only asks: the asking went well, whatever the outcome. */
export function outcomeResponse(id: string, { outcome }: LeadAnswer): Response {
  return uncachedJson({ id, outcome }, 200)
}

function formatAnswer(id: string, { outcome, providerId, issues, attemptsLeft }: LeadAnswer): object {
  return {
    id,
    outcome,
    ...(providerId === undefined ? {} : { providerId }),
    ...(issues === undefined ? {} : { issues: issues.map(formatIssue) }),
    ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
  }
}

function formatIssue(issue: FieldIssue): object {
  const { field, code, limit } = issue
  return {
    field,
    ...(code === undefined ? {} : { code }),
    ...(limit === undefined ? {} : { limit }),
    message: formatIssueMessage(issue),
  }
}

/** What one person sent or was told is nobody else's to keep. */
function uncachedJson(body: object, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
