import { isRecord, parseJson } from '../core/json.ts'

/** Campaigns that receive an application together, and the pause in minutes before it. */
export type SandboxCampaignGroup = { readonly ids: readonly number[]; readonly pause: number }

/** Parses the parameter `campaigns` in every notation of the document. Returns `undefined` if it is invalid. */
export function parseCampaignGroups(text: string): readonly SandboxCampaignGroup[] | undefined {
  const list = parseJson(text)
  if (!Array.isArray(list) || list.length === 0) return undefined
  const items: readonly unknown[] = list
  const groups: SandboxCampaignGroup[] = []
  for (const item of items) {
    const group = parseGroup(item)
    if (!group) return undefined
    groups.push(group)
  }
  return groups
}

function parseGroup(item: unknown): SandboxCampaignGroup | undefined {
  if (isCampaignId(item)) return { ids: [item], pause: 0 }
  if (Array.isArray(item)) return createGroup(item, 0)
  if (!isRecord(item) || Object.keys(item).some((name) => name !== 'ids' && name !== 'pause'))
    return undefined
  const { ids, pause = 0 } = item
  if (!Array.isArray(ids) || typeof pause !== 'number') return undefined
  return Number.isInteger(pause) && pause >= 0 && pause <= 1440 ? createGroup(ids, pause) : undefined
}

function createGroup(candidates: readonly unknown[], pause: number): SandboxCampaignGroup | undefined {
  const ids = candidates.filter(isCampaignId)
  return ids.length > 0 && ids.length === candidates.length ? { ids, pause } : undefined
}

function isCampaignId(value: unknown): value is number {
  return Number.isInteger(value)
}
