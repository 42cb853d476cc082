import { number, object, optional, safeParse, string, unknown } from 'valibot'
import { parseJson } from '../parse-json.ts'
import type { HttpResult } from '../provider.ts'

/**
 * What an answer of Admitad's complains of: the access `token` holds no longer; the credentials or their `rights` do not
 * suffice; too many requests (`rate`); the `request` itself.
 */
export type Fault = 'token' | 'rights' | 'rate' | 'request'

const schema = object({ error: string(), error_code: optional(unknown()) })

/** Codes of https://developers.admitad.com, "error_code": 5 and 6 are about tokens to be bought, not the one in use. */
const byCode: Readonly<Record<number, Fault>> = {
  0: 'token',
  1: 'token',
  2: 'rights',
  3: 'request',
  4: 'rate',
  5: 'rights',
  6: 'rights',
}

const byName: Readonly<Record<string, Fault>> = {
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
export function faultOf(result: HttpResult): Fault | undefined {
  if ('failure' in result) return undefined
  const told = safeParse(schema, parseJson(result.body))
  if (told.success) {
    const { error, error_code: code } = told.output
    const known = safeParse(number(), code)
    const fault = own(byName, error) ?? (known.success ? byCode[known.output] : undefined)
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

function own(table: Readonly<Record<string, Fault>>, name: string): Fault | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
