import { type Fetch, perform } from '../delivery/perform.ts'
import type { Outcome } from '../lead/outcome.ts'
import type { ProviderContext } from '../providers/provider.ts'
import type { Destination } from './destination.ts'
import { faultText } from './log.ts'

/** Makes one call to a destination. Never throws: a fault of an adapter is a reason to try again. */
export async function attempt(
  destination: Destination,
  context: ProviderContext,
  ports: { readonly fetch: Fetch; readonly timeoutMs: number },
): Promise<Outcome> {
  if (context.mayHaveArrived && destination.retry === 'if-not-sent') {
    return {
      outcome: 'uncertain',
      reason: 'an earlier request may have arrived, and this one must not be repeated',
    }
  }
  const withheld = destination.withhold(context)
  if (withheld) return withheld
  const issues = destination.check(context)
  if (issues.length > 0) return { outcome: 'invalid', issues }
  let sent = false
  try {
    const request = destination.request(context)
    sent = true
    return destination.outcome(await perform(request, ports), context)
  } catch (fault) {
    return {
      outcome: 'unavailable',
      reason: `the adapter met a fault: ${faultText(fault)}`,
      mayHaveArrived: sent,
    }
  }
}
