import type { CallContext } from '../providers/provider.ts'
import type { Destination } from './destination.ts'

/** What is known of what campaigns ask for. */
export interface CampaignNews {
  /** The part of a call's context that comes from a destination's campaigns. */
  of(destination: Destination): Pick<CallContext, 'campaignSettings' | 'matches'>
  /** What is wrong, by form: sentences that anybody may read. */
  problems(): Readonly<Record<string, readonly string[]>>
}
