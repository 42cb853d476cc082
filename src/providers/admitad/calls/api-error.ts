import { number, object, optional, safeParse, string, unknown } from 'valibot'
import { parseJson } from '../../core/json.ts'
import type { HttpResult } from '../../core/context.ts'
/**
 * What an answer of Admitad's complains of: the access `token` holds no longer; the credentials or their `rights` do not
 * suffice; too many requests (`rate`); the `request` itself.
 */
export type ApiErrorKind = 'token' | 'rights' | 'rate' | 'request'

const errorSchema = object({ error: string(), error_code: optional(unknown()) })

/** Codes of https://developers.admitad.com, "error_code": 5 and 6 are about tokens to be bought, not the one in use. */
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

/** The fault that an answer tells, by its body or its status; nothing where it tells none. */
export function parseErrorKind(result: HttpResult): ApiErrorKind | undefined {
  if ('failure' in result) return undefined
  const told = safeParse(errorSchema, parseJson(result.body))
  if (told.success) {
    const { error, error_code: code } = told.output
    const known = safeParse(number(), code)
    const fault = ownValue(kindByName, error) ?? (known.success ? kindByCode[known.output] : undefined)
    if (fault) return fault
  }
  switch (result.status) {
    case 401:
      return 'token'
    case 403:
      return 'rights'
    // Admitad's way of saying that there were more than 60 requests within a minute.
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

/** Why a call that only reads got nothing, for the operator; nothing where it was answered with a success. */
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
