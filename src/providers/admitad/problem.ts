import type { HttpResult } from '../provider.ts'
import { faultOf } from './fault.ts'

/** Why a call that only reads got nothing, for the operator; nothing where it was answered with a success. */
export function problemOf(
  result: HttpResult,
): { readonly problem: string; readonly retryable: boolean } | undefined {
  if ('failure' in result) return { problem: `no answer: ${result.failure}`, retryable: true }
  switch (faultOf(result)) {
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
