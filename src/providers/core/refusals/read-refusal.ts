import { classifyErrors, type RefusedCall } from './classify-errors.ts'
import type { HttpResult } from '../context.ts'
import type { BaseConfig } from '../field-rules.ts'
import { isRecord, parseJson } from '../json.ts'
import type { ErrorNames } from './parameter-errors.ts'
import { errorNamesOf } from './parameter-names.ts'
import { isPlainRefusal, parseRefusal } from './plain-refusal.ts'
import { mayBeAboutServer } from './refusal-words.ts'

/** Statuses of the 4xx class that say nothing of the lead: of the access, the address, the method, or the moment. */
const otherStatuses = new Set([401, 403, 404, 405, 407, 408, 421, 425, 426, 429])

/** Whether a status says that a server has read a request and refuses it. */
export function isRefusedRequest(status: number): boolean {
  return status >= 400 && status < 500 && !otherStatuses.has(status)
}

/** A response of any status. */
export type HttpResponse = Exclude<HttpResult, { readonly failure: unknown }>

/** What an adapter knows of the refusals of its provider. */
export interface RefusalOptions extends Pick<ErrorNames, 'keysAreNames'> {
  /** Whether an answer is a refusal that the document shows: it counts at any status. */
  readonly isDocumented?: ((answer: Readonly<Record<string, unknown>>) => boolean) | undefined
}

/**
 * The outcome of a response that clearly refuses the lead: JSON with an error, with a flag that says no, or with a status
 * that does. `undefined` if it may mean anything else.
 */
export function readRefusal<Config extends BaseConfig>(
  { status, body }: HttpResponse,
  call: RefusedCall<Config>,
  { isDocumented, ...names }: RefusalOptions = {},
): ReturnType<typeof classifyErrors> | undefined {
  const answer = parseJson(body)
  const isShown = isRecord(answer) && isDocumented?.(answer) === true
  const isBusy = status === 408 || status === 429
  if ((isBusy || status >= 500) && !isShown) return undefined
  const hasText = typeof answer === 'string' || (typeof answer === 'object' && answer !== null)
  if (!isShown && !isPlainRefusal(answer) && !(isRefusedRequest(status) && hasText)) return undefined
  const errors = parseRefusal(answer, { known: errorNamesOf(call.parameters), ...names })
  const outcome = classifyErrors(errors, call)
  if (outcome.outcome === 'unavailable')
    return { ...outcome, mayHaveArrived: outcome.mayHaveArrived || status >= 500 }
  if (outcome.outcome !== 'declined') return outcome
  // A text that may be about the server says no more than the status of a server that cannot answer.
  if (isBusy || (status >= 500 && !isLendersNo(outcome))) return undefined
  return status === 401 || status === 403
    ? { outcome: 'refused', reason: outcome.reason ?? `status ${status}` }
    : outcome
}

function isLendersNo({ reason = '' }: { readonly reason?: string }): boolean {
  return reason !== '' && !mayBeAboutServer(reason)
}
