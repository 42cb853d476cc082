import type { Lead } from './lead.ts'
import type { LeadIdentity } from './lead-identity.ts'
import type { SendResult } from './send-result.ts'

/** How leads leave a page: through a relay, straight to a provider, or in test mode not at all. */
export interface Delivery {
  /** Sends a lead, or a new revision of one that was sent before. Never throws. */
  send(lead: Lead): Promise<SendResult>
  /** Sends the code that confirms the phone of a lead. Never throws, and never repeats itself: attempts are counted. */
  confirm(lead: LeadIdentity, code: string): Promise<SendResult>
}
