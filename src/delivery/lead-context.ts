import type { Lead } from '../lead/lead.ts'
import type { LeadContext } from '../providers/core/context.ts'

/** Creates the context that an adapter gets for a lead that a page sends directly. */
export function createLeadContext(
  { id, values, consents, attribution, page }: Lead,
  now: Date,
  history: Pick<LeadContext, 'attempt' | 'mayHaveArrived'>,
): LeadContext {
  return { ...history, now, lead: { id, values, consents, attribution, page, receivedAt: now } }
}
