import type { Outcome } from '../../lead/outcome.ts'
import { notRepeated } from '../not-repeated.ts'
import { parseJson } from '../parse-json.ts'
import type { ConfirmContext, HttpResult, Operation } from '../provider.ts'
import { apiPost } from './api-call.ts'
import { readApplication } from './application-answer.ts'
import { ofSync } from './application-outcome.ts'
import type { AdmitadConfig } from './config.ts'
import { faultOf } from './fault.ts'

/** Sends the code that a bank has sent to the person's phone. */
export const confirm: Operation<AdmitadConfig, ConfirmContext> = {
  retry: 'if-not-sent',

  request(config, context) {
    const application = encodeURIComponent(context.applicationId)
    // The document shows this address without a slash at its end.
    const path = `/website/${config.websiteId}/broker/applications/sync_create/${application}/confirm`
    return apiPost(config, context, path, new URLSearchParams({ code: context.code }))
  },

  outcome,
}

function outcome(result: HttpResult, config: AdmitadConfig, { applicationId }: ConfirmContext): Outcome {
  if ('failure' in result) return notRepeated(result)
  // The document shows "still waiting" after a code, and no answer to a wrong one: both mean that it was not taken.
  const wrongCode: Outcome = {
    outcome: 'verification',
    applicationId,
    issues: [{ field: 'code', code: 'wrong-code' }],
  }
  const { status } = result
  switch (faultOf(result)) {
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
  const answer = readApplication(parseJson(result.body))
  if (!answer || status < 200 || status > 202) return notRepeated(result)
  const decided = ofSync({ application_id: applicationId, ...answer }, config)
  return decided?.outcome === 'verification' ? wrongCode : (decided ?? notRepeated(result))
}
