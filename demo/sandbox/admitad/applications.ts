import type { SandboxCampaignGroup } from './campaign-groups.ts'
import type { AdmitadSwitches } from './switches.ts'

/** How a campaign stands with an application. */
export type CampaignStatus = 'processing' | 'approved' | 'declined' | 'waiting' | 'error'

/** What is known of one campaign's part in an application. */
export type SandboxCampaignResponse = {
  readonly campaign_id: number
  readonly status: CampaignStatus
  readonly order_id: string | null
  readonly server_response: { readonly message: string; readonly code: number; readonly data: boolean }
}

/** An application that was taken. */
export type SandboxApplication = {
  readonly id: number
  readonly createdAt: number
  readonly marks: Readonly<Record<string, string>>
  readonly algorithm: readonly SandboxCampaignGroup[]
  /** Set where the campaigns decided at once. */
  readonly decided: CampaignStatus | null
}

const finalStatuses = new Set<CampaignStatus>(['approved', 'declined', 'error'])

/**
 * The responses at a moment. A group gets the application when the one before it has decided: at once if all of it
 * declined, otherwise after its own pause. Campaigns whose turn has not come have no response.
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
    const at = decided !== null && index === 0 ? start : start + decisionMs
    const final = index === 0 && decided !== null ? decided : decision
    const status = now < at ? 'processing' : final
    responses.push(
      ...ids.map((campaign_id) => ({
        campaign_id,
        status,
        order_id: status === 'approved' ? `${id}-${campaign_id}` : null,
        server_response: { message: 'objects_list_returned_ok', code: 200, data: false },
      })),
    )
    if (!finalStatuses.has(status)) break
    start = at
  }
  return responses
}
