import { isRecord, parseJson } from '../json-record.ts'

/** Campaigns that get an application together, and the pause in minutes before that. */
export type Group = { readonly ids: readonly number[]; readonly pause: number }

/** Reads the parameter `campaigns` in every notation of the document; undefined when it is none of them. */
export function readAlgorithm(text: string): readonly Group[] | undefined {
  const list = parseJson(text)
  if (!Array.isArray(list) || list.length === 0) return undefined
  const items: readonly unknown[] = list
  const groups: Group[] = []
  for (const item of items) {
    const group = readGroup(item)
    if (!group) return undefined
    groups.push(group)
  }
  return groups
}

function readGroup(item: unknown): Group | undefined {
  if (isId(item)) return { ids: [item], pause: 0 }
  if (Array.isArray(item)) return withIds(item, 0)
  if (!isRecord(item) || Object.keys(item).some((name) => name !== 'ids' && name !== 'pause'))
    return undefined
  const { ids, pause = 0 } = item
  if (!Array.isArray(ids) || typeof pause !== 'number') return undefined
  return Number.isInteger(pause) && pause >= 0 && pause <= 1440 ? withIds(ids, pause) : undefined
}

function withIds(candidates: readonly unknown[], pause: number): Group | undefined {
  const ids = candidates.filter(isId)
  return ids.length > 0 && ids.length === candidates.length ? { ids, pause } : undefined
}

function isId(value: unknown): value is number {
  return Number.isInteger(value)
}
