import type { FieldIssue } from '../../lead/issue.ts'
import { formatLeadNumber } from '../../lead/lead-number.ts'
import type { PublicOutcomeName } from '../../lead/outcome.ts'
import { formatIssueMessage, type LeadAnswer } from '../leads/lead-state.ts'
import type { Refusal } from './protection/lead-protection.ts'

/** The machine-readable reason why a request failed. Part of the HTTP interface. */
export type ErrorCode =
  | 'not-json'
  | 'not-a-lead'
  | 'not-a-code'
  | 'not-an-event'
  | 'no-partial'
  | 'not-partial'
  | 'aborted'
  | 'parameter'
  | 'not-places'
  | 'not-departments'
  | 'origin'
  | 'no-token'
  | 'credentials'
  | 'role'
  | 'not-retriable'
  | 'not-resolvable'
  | 'other-session'
  | 'not-editable'
  | 'form-changed'
  | 'form-problems'
  | 'token'
  | 'unknown-form'
  | 'unknown-lead'
  | 'not-found'
  | 'method'
  | 'erased'
  | 'key'
  | 'busy'
  | 'too-large'
  | 'limit'
  | 'challenge'
  | 'content-type'
  | 'not-storable'
  | 'not-stored'
  | 'too-slow'
  | 'form-refused'
  | 'config-refused'
  | 'needs-restart'
  | 'fault'
  | 'not-installed'

const errorStatus = {
  'not-json': 400,
  'not-a-lead': 400,
  'not-a-code': 400,
  'not-an-event': 400,
  'no-partial': 400,
  aborted: 400,
  parameter: 400,
  'not-places': 400,
  'not-departments': 400,
  'no-token': 401,
  token: 403,
  credentials: 403,
  role: 403,
  'not-editable': 403,
  origin: 403,
  'unknown-form': 404,
  'unknown-lead': 404,
  'not-found': 404,
  method: 405,
  key: 409,
  'not-partial': 409,
  busy: 409,
  'needs-restart': 409,
  'not-retriable': 409,
  'not-resolvable': 409,
  'other-session': 409,
  'form-changed': 409,
  erased: 410,
  'too-large': 413,
  'content-type': 415,
  'not-storable': 422,
  'config-refused': 422,
  'form-problems': 422,
  limit: 429,
  challenge: 429,
  fault: 500,
  'not-installed': 501,
  'not-stored': 503,
  'too-slow': 503,
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

/** The error response of every route. `message` is plain English for a developer. */
export function errorResponse(code: ErrorCode, message: string): Response {
  return uncachedJson({ error: { code, message } }, errorStatus[code])
}

/** The response to a method that an address does not have. */
export function methodResponse(allowed: readonly string[]): Response {
  const methods = [...new Set(allowed)].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  const response = errorResponse('method', `This address takes ${methods.join(', ')}.`)
  response.headers.set('allow', methods.join(', '))
  return response
}

/** The response to a body of another type than JSON. */
export function contentTypeResponse(): Response {
  return errorResponse('content-type', 'Expected JSON, sent as application/json or text/plain.')
}

/** The response to a body that is not JSON. */
export function notJsonResponse(): Response {
  return errorResponse('not-json', 'The body is not JSON.')
}

/** The response to a request for a lead that the form does not have. */
export function unknownLeadResponse(): Response {
  return errorResponse('unknown-lead', 'This form has no lead of this id.')
}

/** The response to a post that the protection refuses. The page may send the same again after some seconds. */
export function refusalResponse(refusal: Refusal): Response {
  const isLimit = refusal.reason === 'limit'
  const seconds = isLimit ? refusal.retryAfterSeconds : 1
  const response = isLimit
    ? errorResponse(
        'limit',
        `Nothing was stored: this address, phone or lead has posted too much. Send it again after ${seconds} seconds, with the same id and key.`,
      )
    : errorResponse(
        'challenge',
        'Nothing was stored: get a challenge from …/challenge, solve it, and send the same lead again with the payload as "challenge".',
      )
  response.headers.set('retry-after', String(seconds))
  return response
}

/** The response to a request with a value that the database has no form for. The request is wrong, not the database. */
export function unstorableResponse(): Response {
  return errorResponse(
    'not-storable',
    'Nothing was stored: the request holds a value that cannot be stored. Correct it, and do not send the same again.',
  )
}

/** A lead's answer to a POST. The HTTP status follows from the outcome. `ignored` names values that were not taken. */
export function answerResponse(id: string, answer: LeadAnswer, ignored: readonly string[] = []): Response {
  const body = { ...formatAnswer(id, answer), ...(ignored.length > 0 ? { ignored } : {}) }
  return uncachedJson(body, outcomeStatus[answer.outcome])
}

/** The answer to a partial lead. It has no number: the person has applied for nothing yet. */
export function partialResponse(id: string, ignored: readonly string[] = []): Response {
  const body = { id, outcome: 'queued', partial: true, ...(ignored.length > 0 ? { ignored } : {}) }
  return uncachedJson(body, outcomeStatus.queued)
}

/** The response to a partial lead, where the form takes none. */
export function noPartialResponse(): Response {
  return errorResponse(
    'no-partial',
    'Nothing was stored: this form takes finished leads only. Its entry in the configuration has no "partial": true.',
  )
}

/** A lead's answer to a GET. The status is 200 for every outcome. */
export function outcomeResponse(id: string, { outcome }: LeadAnswer, isPartial: boolean): Response {
  return uncachedJson({ id, outcome, ...(isPartial ? { partial: true } : {}) }, 200)
}

function formatAnswer(id: string, { outcome, providerId, issues, attemptsLeft }: LeadAnswer): object {
  return {
    id,
    outcome,
    // What is to be corrected may not be stored.
    ...(outcome === 'invalid' ? {} : { number: formatLeadNumber(id) }),
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

/** JSON that no cache may keep: answers hold personal data. */
export function uncachedJson(body: object, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}

/**
 * A JSON response that caches may keep, with an ETag. Answers 304 without a body if the `If-None-Match` header names the
 * ETag. `body` is called only if its text is sent.
 */
export async function cacheableJson(
  ifNoneMatch: string | undefined,
  caching: { readonly etag: string; readonly cacheControl: string },
  body: () => string | Promise<string>,
): Promise<Response> {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': caching.cacheControl,
    etag: caching.etag,
  }
  return matchesEtag(ifNoneMatch, caching.etag)
    ? new Response(null, { status: 304, headers })
    : new Response(await body(), { headers })
}

/** Whether an `If-None-Match` header names the ETag. Ignores the weak mark, which a proxy adds when it recompresses. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag) ?? false
}
