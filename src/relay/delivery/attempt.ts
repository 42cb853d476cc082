import { type EarlierRevision, unacknowledgedIssues } from '../../delivery/unacknowledged-warnings.ts'
import type { Lead } from '../../lead/lead.ts'
import type { Outcome } from '../../lead/outcome.ts'
import type { LeadContext } from '../../providers/core/context.ts'
import type { BoundOperation } from '../../providers/core/bind-operation.ts'
import { redactValues } from '../../providers/core/refusals/redact-values.ts'
import type { Destination } from '../destinations/destination.ts'
import { describeError } from '../log.ts'
import type { SendRequest } from '../destinations/provider-client.ts'
import { parseOutcome } from './parse-outcome.ts'

/**
 * Makes one attempt to send a lead to a destination. Never throws: an adapter's error is a reason to retry. `earlier` are
 * the revisions that a destination has warned about: no warning is given twice.
 */
export async function attemptDelivery(
  destination: Pick<Destination, 'retry' | 'precondition' | 'check' | 'request' | 'outcome'>,
  context: LeadContext,
  send: SendRequest,
  earlier: readonly EarlierRevision[] = [],
): Promise<Outcome> {
  if (context.mayHaveArrived && destination.retry === 'if-not-sent') {
    return {
      outcome: 'uncertain',
      reason: 'an earlier request may have arrived, and this one must not be repeated',
    }
  }
  try {
    const failed = destination.precondition(context)
    if (failed) return failed
    const issues = unacknowledgedIssues(destination.check(context), context.lead.values, earlier)
    if (issues.length > 0) return { outcome: 'invalid', issues }
  } catch (error) {
    return adapterErrorOutcome(error, false)
  }
  const outcome = await callProvider(destination, context, send)
  if (destination.retry === 'safe' || !('mayHaveArrived' in outcome) || !outcome.mayHaveArrived)
    return outcome
  return { outcome: 'uncertain', reason: outcome.reason }
}

/** Makes a call that has a permit. Never throws: an adapter's error is an outcome. */
export async function callProvider<Context extends object>(
  operation: BoundOperation<Context, Outcome>,
  context: Context,
  send: SendRequest,
): Promise<Outcome> {
  let sent = false
  try {
    const result = await send((accessToken) => {
      const request = operation.request({ ...context, accessToken })
      sent = true
      return request
    })
    const outcome = parseOutcome(operation.outcome(result, context))
    if (outcome) return withoutValues(outcome, context)
    return { outcome: 'unreadable', reason: 'the adapter returned no outcome', mayHaveArrived: true }
  } catch (error) {
    return adapterErrorOutcome(error, sent)
  }
}

/**
 * The outcome with a reason that quotes nothing that the person has entered: the log and the state of the relay show it.
 * The adapters of this package see to that themselves, others may not.
 */
function withoutValues(outcome: Outcome, context: object): Outcome {
  // The reason of a decline belongs to the lead, and is stored with it only.
  if (outcome.outcome === 'declined' || !('reason' in outcome)) return outcome
  const { lead, code }: { readonly lead?: Pick<Lead, 'values'>; readonly code?: string } = context
  return { ...outcome, reason: redactValues(outcome.reason, { ...lead?.values, 'custom.code': code ?? '' }) }
}

function adapterErrorOutcome(error: unknown, mayHaveArrived: boolean): Outcome {
  return {
    outcome: 'unavailable',
    reason: `the adapter failed: ${describeError(error)}`,
    mayHaveArrived,
  }
}
