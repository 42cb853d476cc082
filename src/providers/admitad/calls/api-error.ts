import type { Outcome } from '../../../lead/outcome.ts'
import { isRecord, parseJson } from '../../core/json.ts'
import type { HttpResult } from '../../core/context.ts'

/**
 * The kind of an error of Admitad: the access `token` is no longer valid; the credentials or their `rights` are not
 * sufficient; too many requests (`rate`); the `request` itself is wrong.
 */
export type ApiErrorKind = 'token' | 'rights' | 'rate' | 'request'

/**
 * Codes of https://developers.admitad.com, "error_code". 5 and 6 concern requests for a token, not the token in use.
 */
const kindByCode: Readonly<Record<number, ApiErrorKind>> = {
  0: 'token',
  1: 'token',
  2: 'rights',
  3: 'request',
  4: 'rate',
  5: 'rights',
  6: 'rights',
}

const kindByName: Readonly<Record<string, ApiErrorKind>> = {
  invalid_token: 'token',
  expired_token: 'token',
  insufficient_scope: 'rights',
  invalid_client: 'rights',
  invalid_grant: 'rights',
  invalid_scope: 'rights',
  unauthorized_client: 'rights',
  access_denied: 'rights',
  too_many_requests: 'rate',
  bad_request: 'request',
  invalid_request: 'request',
}

/** The kind of error in a response, from its body or its status; `undefined` if there is none. */
export function parseErrorKind(result: HttpResult): ApiErrorKind | undefined {
  if ('failure' in result) return undefined
  const answer = parseJson(result.body)
  if (isRecord(answer) && typeof answer['error'] === 'string') {
    const code = answer['error_code']
    const kind =
      ownValue(kindByName, answer['error']) ?? (typeof code === 'number' ? kindByCode[code] : undefined)
    if (kind) return kind
  }
  switch (result.status) {
    case 401:
      return 'token'
    case 403:
      return 'rights'
    // Admitad responds with 503 to more than 60 requests a minute.
    case 503:
    case 429:
      return 'rate'
    case 400:
      return 'request'
    default:
      return undefined
  }
}

function ownValue(table: Readonly<Record<string, ApiErrorKind>>, name: string): ApiErrorKind | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/**
 * The outcome of an error that is the same for every call that sends; `undefined` for other errors, and if there is
 * none.
 */
export function errorKindOutcome(kind: ApiErrorKind | undefined): Outcome | undefined {
  switch (kind) {
    case 'token':
      return { outcome: 'refused', reason: 'the access token was refused' }
    case 'rights':
      return { outcome: 'refused', reason: 'the credentials do not suffice' }
    case 'rate':
      return { outcome: 'unavailable', reason: 'too many requests', mayHaveArrived: false }
    case 'request':
    case undefined:
      return undefined
  }
}

/** Why a call that only reads failed, for the operator; `undefined` if it succeeded. */
export function describeFailure(
  result: HttpResult,
): { readonly problem: string; readonly retryable: boolean } | undefined {
  if ('failure' in result) return { problem: `no answer: ${result.failure}`, retryable: true }
  switch (parseErrorKind(result)) {
    case 'token':
      return { problem: 'the access token was refused', retryable: true }
    case 'rights':
      return { problem: 'the credentials do not suffice', retryable: false }
    case 'rate':
      return { problem: 'too many requests', retryable: true }
    case 'request':
      return { problem: 'the request was refused', retryable: false }
    case undefined:
  }
  const { status } = result
  if (status >= 200 && status <= 202) return undefined
  return { problem: `status ${status}`, retryable: status !== 404 }
}
