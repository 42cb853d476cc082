import type { SandboxCampaignGroup } from './campaign-groups.ts'
import type { AdmitadSwitches } from './switches.ts'

/** The status of an application in a campaign. */
export type CampaignStatus = 'processing' | 'approved' | 'declined' | 'waiting' | 'error'

/** The response of one campaign to an application. */
export type SandboxCampaignResponse = {
  readonly campaign_id: number
  readonly status: CampaignStatus
  readonly order_id: string | null
  readonly server_response: { readonly message: string; readonly code: number; readonly data: boolean }
}

/** An accepted application. */
export type SandboxApplication = {
  readonly id: number
  readonly createdAt: number
  readonly subIds: Readonly<Record<string, string>>
  readonly algorithm: readonly SandboxCampaignGroup[]
  /** The status that the first group decided immediately; null if it takes its time. */
  readonly decided: CampaignStatus | null
}

const finalStatuses = new Set<CampaignStatus>(['approved', 'declined', 'error'])

/**
 * The campaigns' responses at the time `now`. A group receives the application when the group before it has decided:
 * immediately if that group declined, otherwise after its own pause. Campaigns that have not received it have no
 * response.
 */
export function responsesAt(
  { id, createdAt, algorithm, decided }: SandboxApplication,
  { decision, decisionMs }: AdmitadSwitches,
  now: number,
): readonly SandboxCampaignResponse[] {
  const responses: SandboxCampaignResponse[] = []
  let start = createdAt
  for (const [index, { ids, pause }] of algorithm.entries()) {
    if (index > 0) start += decision === 'declined' || decision === 'error' ? 0 : pause * 60_000
    if (now < start) break
    const decisionTime = decided !== null && index === 0 ? start : start + decisionMs
    const final = index === 0 && decided !== null ? decided : decision
    const status = now < decisionTime ? 'processing' : final
    responses.push(
      ...ids.map((campaign_id) => ({
        campaign_id,
        status,
        order_id: status === 'approved' ? `${id}-${campaign_id}` : null,
        server_response: { message: 'objects_list_returned_ok', code: 200, data: false },
      })),
    )
    if (!finalStatuses.has(status)) break
    start = decisionTime
  }
  return responses
}
