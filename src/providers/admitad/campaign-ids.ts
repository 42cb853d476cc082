import type { AdmitadConfig } from './config.ts'

/** The campaigns that a destination sends to, in the order of their turns. */
export function campaignIds({ mode, campaigns = [], campaignId }: AdmitadConfig): readonly number[] {
  if (mode === 'create') return campaigns.flatMap(({ ids }) => ids)
  return campaignId === undefined ? [] : [campaignId]
}
