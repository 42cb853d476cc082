import type { Outcome } from '../../../lead/outcome.ts'
import { classifyNonIdempotent } from '../../core/classify-non-idempotent.ts'
import { parseJson } from '../../core/json.ts'
import type { ConfirmContext, Operation } from '../../core/provider.ts'
import type { HttpResult } from '../../core/context.ts'
import { apiPost } from './api-request.ts'
import { parseApplication } from '../response.ts'
import { syncOutcome } from '../outcome.ts'
import type { AdmitadConfig } from '../config.ts'
import { parseErrorKind } from './api-error.ts'

/** Sends the code that a bank has sent to the person's phone. */
export const confirmApplication: Operation<AdmitadConfig, ConfirmContext> = {
  retry: 'if-not-sent',

  request(config, context) {
    const application = encodeURIComponent(context.applicationId)
    // The document shows this address without a slash at its end.
    const path = `/website/${config.websiteId}/broker/applications/sync_create/${application}/confirm`
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
  // The document shows "still waiting" after a code, and no answer to a wrong one: both mean that it was not taken.
  const wrongCode: Outcome = {
    outcome: 'verification',
    applicationId,
    issues: [{ field: 'code', code: 'wrong-code' }],
  }
  const { status } = result
  switch (parseErrorKind(result)) {
    case 'token':
      return { outcome: 'refused', reason: 'the access token was refused' }
    case 'rights':
      return { outcome: 'refused', reason: 'the credentials do not suffice' }
    case 'rate':
      return { outcome: 'unavailable', reason: 'too many requests', mayHaveArrived: false }
    case 'request':
      return wrongCode
    case undefined:
  }
  // There is no such application any more: nothing that could be typed would help.
  if (status === 404 || status === 410) return { outcome: 'declined', reason: 'the application has expired' }
  const answer = parseApplication(parseJson(result.body))
  if (!answer || status < 200 || status > 202) return classifyNonIdempotent(result)
  const decided = syncOutcome({ application_id: applicationId, ...answer }, config)
  return decided?.outcome === 'verification' ? wrongCode : (decided ?? classifyNonIdempotent(result))
}
