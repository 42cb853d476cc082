import type { Outcome } from '../../lead/outcome.ts'
import type { LeadContext } from '../core/context.ts'
import type { AdmitadConfig } from './config.ts'
import type { DeliverableLead } from '../../lead/lead.ts'

/**
 * Without the consent whose text names the recipients nothing may be sent, not even with `user_notified=0`: this
 * destination declines the lead without a call.
 */
export function precondition(config: AdmitadConfig, { lead }: LeadContext): Outcome | undefined {
  return hasTransferConsent(config, lead)
    ? undefined
    : { outcome: 'declined', reason: `nothing was sent: no consent "${config.consent}"` }
}

/**
 * Whether the person consented to the transfer of the data, with the consent whose text names the recipients. Only then
 * may `user_notified` be 1.
 */
export function hasTransferConsent(
  { consent }: AdmitadConfig,
  { consents }: Pick<DeliverableLead, 'consents'>,
): boolean {
  return consents.some(({ id }) => id === consent)
}
