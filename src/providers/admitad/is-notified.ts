import type { DeliverableLead } from '../../lead/lead.ts'
import type { AdmitadConfig } from './config.ts'

/**
 * Whether the person knows, and agreed to, who gets the data: they ticked the consent whose text names the recipients.
 * Only then may `user_notified` be 1.
 */
export function isNotified(
  { consent }: AdmitadConfig,
  { consents }: Pick<DeliverableLead, 'consents'>,
): boolean {
  return consents.some(({ id }) => id === consent)
}
