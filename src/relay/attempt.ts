import { type EarlierRevision, standingIssues } from '../delivery/standing-issues.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { ProviderContext } from '../providers/provider.ts'
import type { Call, Destination } from './destination.ts'
import { faultText } from './log.ts'
import type { Exchange } from './provider-calls.ts'

/**
 * Makes one attempt to send a lead to a destination. Never throws: a fault of an adapter is a reason to try again.
 * `earlier` are the revisions that were remarked on: no remark is made twice.
 */
export async function attempt(
  destination: Pick<Destination, 'retry' | 'withhold' | 'check' | 'request' | 'outcome'>,
  context: ProviderContext,
  exchange: Exchange,
  earlier: readonly EarlierRevision[] = [],
): Promise<Outcome> {
  if (context.mayHaveArrived && destination.retry === 'if-not-sent') {
    return {
      outcome: 'uncertain',
      reason: 'an earlier request may have arrived, and this one must not be repeated',
    }
  }
  try {
    const withheld = destination.withhold(context)
    if (withheld) return withheld
    const issues = standingIssues(destination.check(context), context.lead.values, earlier)
    if (issues.length > 0) return { outcome: 'invalid', issues }
  } catch (fault) {
    return faulty(fault, false)
  }
  const outcome = await makeCall(destination, context, exchange)
  if (destination.retry === 'safe' || !('mayHaveArrived' in outcome) || !outcome.mayHaveArrived)
    return outcome
  return { outcome: 'uncertain', reason: outcome.reason }
}

/** Makes a call whose turn has come. Never throws: a fault of an adapter is an outcome. */
export async function makeCall<Context extends object>(
  call: Call<Context, Outcome>,
  context: Context,
  exchange: Exchange,
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
    return faulty(fault, sent)
  }
}

function faulty(fault: unknown, mayHaveArrived: boolean): Outcome {
  return {
    outcome: 'unavailable',
    reason: `the adapter met a fault: ${faultText(fault)}`,
    mayHaveArrived,
  }
}
