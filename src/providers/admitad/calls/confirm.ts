import type { Outcome } from '../../../lead/outcome.ts'
import { classifyNonIdempotent } from '../../core/classify-non-idempotent.ts'
import { parseJson } from '../../core/json.ts'
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
  // The document shows "still waiting" after a code, and no response to a wrong code. Both mean that it was not
  // accepted.
  const wrongCode: Outcome = {
    outcome: 'verification',
    applicationId,
    issues: [{ field: 'code', code: 'wrong-code' }],
  }
  const { status } = result
  const kind = parseErrorKind(result)
  if (kind === 'request') return wrongCode
  const failed = errorKindOutcome(kind)
  if (failed) return failed
  // The application no longer exists, so another code would not help.
  if (status === 404 || status === 410) return { outcome: 'declined', reason: 'the application has expired' }
  const answer = parseApplication(parseJson(result.body))
  if (!answer || status < 200 || status > 202) return classifyNonIdempotent(result)
  const outcome = syncOutcome({ application_id: applicationId, ...answer }, config)
  return outcome?.outcome === 'verification' ? wrongCode : (outcome ?? classifyNonIdempotent(result))
}
