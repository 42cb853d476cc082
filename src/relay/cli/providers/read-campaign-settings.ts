import { type Fetch, sendHttp } from '../../../delivery/send-http.ts'
import type { CampaignField } from '../../../providers/core/context.ts'
import type { Destination } from '../../destinations/destination.ts'

/** What reading depends on. */
export interface ReadDeps {
  readonly fetch: Fetch
  readonly now: Date
}

/** The settings of a destination's campaigns, or why they are not known. Holds no credential. */
export type CampaignSettingsResult =
  | { readonly campaigns: readonly { readonly id: number; readonly fields: readonly CampaignField[] }[] }
  | { readonly problem: string }

/** Reads the settings of a destination's campaigns from the provider; none for destinations without campaigns. */
export async function readCampaignSettings(
  { account, campaigns }: Pick<Destination, 'account' | 'campaigns'>,
  { fetch, now }: ReadDeps,
): Promise<CampaignSettingsResult> {
  if (!campaigns) return { campaigns: [] }
  const send = (request: Parameters<typeof sendHttp>[0]) => sendHttp(request, { fetch, timeoutMs: 20_000 })
  const token = account.token && account.token.outcome(await send(account.token.request({ now })), { now })
  if (token && 'problem' in token) return { problem: `no access token: ${token.problem}` }
  const read: { readonly id: number; readonly fields: readonly CampaignField[] }[] = []
  for (const id of campaigns.ids) {
    const context = { now, campaignId: id }
    const request = campaigns.settings.request({ ...context, accessToken: token?.accessToken })
    const answer = campaigns.settings.outcome(await send(request), context)
    if ('problem' in answer) return { problem: `campaign ${id}: ${answer.problem}` }
    read.push({ id, fields: answer.items })
  }
  return { campaigns: read }
}
