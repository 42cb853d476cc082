import type { Outcome } from '../../lead/outcome.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import { classifyNonIdempotent, settleNonIdempotent } from '../core/refusals/classify-non-idempotent.ts'
import type { HttpResult, LeadContext } from '../core/context.ts'
import { hasContent } from '../core/refusals/parameter-errors.ts'
import { hasErrorMembers, isPlainRefusal } from '../core/refusals/plain-refusal.ts'
import { readRefusal } from '../core/refusals/read-refusal.ts'
import type { FiveCrmConfig } from './config.ts'
import { fiveCrmParameters, fiveCrmReservedParameters } from './parameters.ts'
import { isSuccess, parseFiveCrmResponse, unwrapCall } from './response.ts'

/**
 * Reads the response to a new lead. Only success is documented; errors are read in the shape that Laravel gives them,
 * with parameters as keys.
 */
export function fiveCrmOutcome(result: HttpResult, config: FiveCrmConfig, context: LeadContext): Outcome {
  if ('failure' in result) return classifyNonIdempotent(result)
  const { status, body } = result
  const answer = parseFiveCrmResponse(body)
  if (answer && status >= 200 && status < 300 && isSuccess(answer) && !hasErrorMembers(answer)) {
    return { outcome: 'accepted' }
  }
  if (answer && isSuccess(answer)) return classifyNonIdempotent(result)
  const { publicToken, secretToken } = config
  const call = {
    parameters: [...fiveCrmReservedParameters, ...fiveCrmParameters(config)],
    config,
    context,
    credentials: [publicToken, secretToken],
  }
  // The keys of the answer around the errors are not parameters.
  const refusal =
    answer && hasContent(answer.errors) && (status >= 400 || isPlainRefusal(answer))
      ? readRefusal({ status, body: stringifyJson({ errors: answer.errors }) }, call, { keysAreNames: true })
      : readRefusal({ status, body: unwrapCall(body) }, call)
  return settleNonIdempotent(refusal, result)
}
