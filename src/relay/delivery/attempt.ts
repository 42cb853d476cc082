import { type EarlierRevision, unacknowledgedIssues } from '../../delivery/unacknowledged-warnings.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { LeadContext } from '../../providers/core/context.ts'
import type { BoundOperation, Destination } from '../destinations/destination.ts'
import { describeError } from '../log.ts'
import type { SendRequest } from '../destinations/provider-client.ts'

/**
 * Makes one attempt to send a lead to a destination. Never throws: a fault of an adapter is a reason to try again.
 * `earlier` are the revisions that were remarked on: no remark is made twice.
 */
export async function attemptDelivery(
  destination: Pick<Destination, 'retry' | 'precondition' | 'check' | 'request' | 'outcome'>,
  context: LeadContext,
  exchange: SendRequest,
  earlier: readonly EarlierRevision[] = [],
): Promise<Outcome> {
  if (context.mayHaveArrived && destination.retry === 'if-not-sent') {
    return {
      outcome: 'uncertain',
      reason: 'an earlier request may have arrived, and this one must not be repeated',
    }
  }
  try {
    const withheld = destination.precondition(context)
    if (withheld) return withheld
    const issues = unacknowledgedIssues(destination.check(context), context.lead.values, earlier)
    if (issues.length > 0) return { outcome: 'invalid', issues }
  } catch (fault) {
    return adapterErrorOutcome(fault, false)
  }
  const outcome = await callProvider(destination, context, exchange)
  if (destination.retry === 'safe' || !('mayHaveArrived' in outcome) || !outcome.mayHaveArrived)
    return outcome
  return { outcome: 'uncertain', reason: outcome.reason }
}

/** Makes a call whose turn has come. Never throws: a fault of an adapter is an outcome. */
export async function callProvider<Context extends object>(
  call: BoundOperation<Context, Outcome>,
  context: Context,
  exchange: SendRequest,
): Promise<Outcome> {
  let sent = false
  try {
    const result = await exchange((accessToken) => {
      const request = call.request({ ...context, accessToken })
      sent = true
      return request
    })
    return call.outcome(result, context)
  } catch (fault) {
    return adapterErrorOutcome(fault, sent)
  }
}

function adapterErrorOutcome(fault: unknown, mayHaveArrived: boolean): Outcome {
  return {
    outcome: 'unavailable',
    reason: `the adapter met a fault: ${describeError(fault)}`,
    mayHaveArrived,
  }
}
