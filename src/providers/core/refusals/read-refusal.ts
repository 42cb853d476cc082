import { classifyErrors, type RefusedCall } from './classify-errors.ts'
import type { HttpResult } from '../context.ts'
import type { BaseConfig } from '../field-rules.ts'
import { parseJson } from '../json.ts'
import type { ErrorNames } from './parameter-errors.ts'
import { errorNamesOf } from './parameter-names.ts'
import { isPlainRefusal, parseRefusal } from './plain-refusal.ts'

/** Statuses of the 4xx class that say nothing of the lead: of the access, the address, the method, or the moment. */
const otherStatuses = new Set([401, 403, 404, 405, 407, 408, 421, 425, 426, 429])

/** Whether a status says that a server has read a request and refuses it. */
export function isRefusedRequest(status: number): boolean {
  return status >= 400 && status < 500 && !otherStatuses.has(status)
}

/** A response of any status. */
export type HttpResponse = Exclude<HttpResult, { readonly failure: unknown }>

/**
 * The outcome of a response that clearly refuses the lead: JSON with an error, with a flag that says no, or with a status
 * that does. `undefined` if it may mean anything else.
 */
export function readRefusal<Config extends BaseConfig>(
  { status, body }: HttpResponse,
  call: RefusedCall<Config>,
  options: Pick<ErrorNames, 'keysAreNames'> = {},
): ReturnType<typeof classifyErrors> | undefined {
  if (status >= 500 || status === 408 || status === 429) return undefined
  const answer = parseJson(body)
  const hasText = typeof answer === 'string' || (typeof answer === 'object' && answer !== null)
  if (!isPlainRefusal(answer) && !(isRefusedRequest(status) && hasText)) return undefined
  const names = { known: errorNamesOf(call.parameters), ...options }
  const outcome = classifyErrors(parseRefusal(answer, names), call)
  const isForbidden = status === 401 || status === 403
  return outcome.outcome === 'declined' && isForbidden
    ? { outcome: 'refused', reason: outcome.reason ?? `status ${status}` }
    : outcome
}
