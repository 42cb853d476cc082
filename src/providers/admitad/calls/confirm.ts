import type { Outcome } from '../../../lead/outcome.ts'
import { classifyNonIdempotent } from '../../core/refusals/classify-non-idempotent.ts'
import { parseJson } from '../../core/json.ts'
import { isPlainRefusal } from '../../core/refusals/plain-refusal.ts'
import { isRefusedRequest } from '../../core/refusals/read-refusal.ts'
import type { ConfirmContext, Operation } from '../../core/provider.ts'
import type { HttpResult } from '../../core/context.ts'
import { apiPost } from './api-request.ts'
import { parseApplication } from '../response.ts'
import { syncOutcome } from '../outcome.ts'
import type { AdmitadConfig } from '../config.ts'
import { errorKindOutcome, parseErrorKind } from './api-error.ts'

/** Sends the code that a bank sent to the person's phone. */
export const confirmApplication: Operation<AdmitadConfig, ConfirmContext> = {
  retry: 'if-not-sent',

  request(config, context) {
    const application = encodeURIComponent(context.applicationId)
    // The document shows this address without a slash at the end.
    const path = `website/${config.websiteId}/broker/applications/sync_create/${application}/confirm`
    return apiPost(config, context, path, new URLSearchParams({ code: context.code }))
  },

  outcome: confirmOutcome,
}

function confirmOutcome(
  result: HttpResult,
  config: AdmitadConfig,
  { applicationId }: ConfirmContext,
): Outcome {
  if ('failure' in result) return classifyNonIdempotent(result)
  const { status } = result
  const failed = errorKindOutcome(parseErrorKind(result))
  if (failed) return failed
  // The application no longer exists, so another code would not help.
  if (status === 404 || status === 410) return { outcome: 'declined', reason: 'the application has expired' }
  const json = parseJson(result.body)
  const answer = status >= 200 && status <= 202 ? parseApplication(json) : undefined
  const outcome = answer && syncOutcome({ application_id: applicationId, ...answer }, config)
  if (outcome && outcome.outcome !== 'verification' && answer.status !== 'error') return outcome
  // The document shows "still waiting" after a code, and no response to a wrong code. Whatever has been read and is no
  // other status means that the code was not accepted.
  return outcome || (status < 500 && isNo(status, json))
    ? { outcome: 'verification', applicationId, issues: [{ field: 'code', code: 'wrong-code' }] }
    : classifyNonIdempotent(result)
}

/** Whether an undocumented response refuses the code: a status that does, or an error. */
function isNo(status: number, json: unknown): boolean {
  return isRefusedRequest(status) || isPlainRefusal(json)
}
