import type { Outcome } from '../../lead/outcome.ts'
import type { ProviderContext } from '../provider.ts'
import type { AdmitadConfig } from './config.ts'
import { isNotified } from './is-notified.ts'

/**
 * Without the consent whose text names the recipients nothing may go out, not even with `user_notified=0`: for this
 * destination the lead is declined, by the person.
 */
export function withhold(config: AdmitadConfig, { lead }: ProviderContext): Outcome | undefined {
  return isNotified(config, lead)
    ? undefined
    : { outcome: 'declined', reason: `nothing was sent: no consent "${config.consent}"` }
}
