import type { FieldIssue } from '../lead/issue.ts'
import type { PublicOutcomeName } from '../lead/outcome.ts'
import { issueMessage } from './issue-message.ts'
import type { Answer } from './lead-state.ts'

/** Why a request was not served, for programs. */
export type ErrorCode =
  | 'not-json'
  | 'not-a-lead'
  | 'not-a-code'
  | 'origin'
  | 'unknown-form'
  | 'unknown-lead'
  | 'not-found'
  | 'key'
  | 'too-large'
  | 'content-type'
  | 'not-stored'
  | 'form-refused'
  | 'fault'

const errorStatus = {
  'not-json': 400,
  'not-a-lead': 400,
  'not-a-code': 400,
  origin: 403,
  'unknown-form': 404,
  'unknown-lead': 404,
  'not-found': 404,
  key: 409,
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
export function errorReply(code: ErrorCode, message: string): Response {
  return json({ error: { code, message } }, errorStatus[code])
}

/** A lead's answer, with the status that the contract gives its outcome. */
export function answerReply(id: string, answer: Answer): Response {
  return json(answerBody(id, answer), outcomeStatus[answer.outcome])
}

/** A lead's answer to someone who only asks: the asking went well, whatever the outcome. */
export function stateReply(id: string, { outcome }: Answer): Response {
  return json({ id, outcome }, 200)
}

function answerBody(id: string, { outcome, providerId, issues, attemptsLeft }: Answer): object {
  return {
    id,
    outcome,
    ...(providerId === undefined ? {} : { providerId }),
    ...(issues === undefined ? {} : { issues: issues.map(issueBody) }),
    ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
  }
}

function issueBody(issue: FieldIssue): object {
  const { field, code, limit } = issue
  return {
    field,
    ...(code === undefined ? {} : { code }),
    ...(limit === undefined ? {} : { limit }),
    message: issueMessage(issue),
  }
}

/** What one person sent or was told is nobody else's to keep. */
function json(body: object, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
