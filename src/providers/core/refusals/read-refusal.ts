import { classifyErrors, type RefusedCall } from './classify-errors.ts'
import type { HttpResult } from '../context.ts'
import type { BaseConfig } from '../field-rules.ts'
import { parseJson } from '../json.ts'
import {
  type ErrorNames,
  errorNamesOf,
  findPlainRefusal,
  type ParameterError,
  parseParameterErrors,
} from './parameter-errors.ts'

/** Statuses with which a server refuses a request that it has read. */
const refusalStatuses = new Set([400, 402, 409, 422])

/** A response of any status. */
export type HttpResponse = Exclude<HttpResult, { readonly failure: unknown }>

/**
 * The errors of a response that clearly refuses the lead: JSON with an error, with a flag that says no, or with a status
 * that does. `undefined` if it may mean anything else.
 */
export function readErrors<Config extends BaseConfig>(
  { status, body }: HttpResponse,
  { parameters }: Pick<RefusedCall<Config>, 'parameters'>,
  options: Pick<ErrorNames, 'keysAreNames'> = {},
): readonly ParameterError[] | undefined {
  if (status >= 500 || status === 408 || status === 429) return undefined
  const answer = parseJson(body)
  const errors =
    findPlainRefusal(answer) ??
    (refusalStatuses.has(status) && typeof answer === 'object' && answer !== null ? answer : undefined)
  return errors === undefined
    ? undefined
    : parseParameterErrors(errors, { known: errorNamesOf(parameters), ...options })
}

/** The outcome of a response that clearly refuses the lead; `undefined` if it may mean anything else. */
export function readRefusal<Config extends BaseConfig>(
  response: HttpResponse,
  call: RefusedCall<Config>,
  options: Pick<ErrorNames, 'keysAreNames'> = {},
): ReturnType<typeof classifyErrors> | undefined {
  const errors = readErrors(response, call, options)
  if (!errors) return undefined
  const outcome = classifyErrors(errors, call)
  const { status } = response
  const isForbidden = status === 401 || status === 403
  return outcome.outcome === 'declined' && isForbidden
    ? { outcome: 'refused', reason: outcome.reason ?? `status ${status}` }
    : outcome
}
