import { type ConditionGroup, type ConditionPart, isConditionGroup } from './conditions.ts'
import { insertItem, moveItem, removeItem, replaceItem } from './edit-steps.ts'

/** Where a part of a condition is: the group that it is in, and its place there. */
export interface PartPlace {
  readonly parent: ConditionGroup
  readonly index: number
  /** Its number from the top, as it is shown: `2.1`. */
  readonly path: string
}

/** Where a part is; `undefined` for the group at the top and for a part that is gone. */
export function findPart(group: ConditionGroup, id: string, path = ''): PartPlace | undefined {
  for (const [index, part] of group.parts.entries()) {
    const own = `${path}${index + 1}`
    if (part.id === id) return { parent: group, index, path: own }
    const inner = isConditionGroup(part) ? findPart(part, id, `${own}.`) : undefined
    if (inner) return inner
  }
  return undefined
}

/** Replaces a part, wherever it is. */
export function replacePart(group: ConditionGroup, changed: ConditionPart): ConditionGroup {
  if (group.id === changed.id) return isConditionGroup(changed) ? changed : group
  const parts = group.parts.map((part) => {
    if (part.id === changed.id) return changed
    return isConditionGroup(part) ? replacePart(part, changed) : part
  })
  return { ...group, parts }
}

/** Adds a part at the end of a group. */
export function addPart(group: ConditionGroup, parent: ConditionGroup, part: ConditionPart): ConditionGroup {
  return replacePart(group, { ...parent, parts: [...parent.parts, part] })
}

/** Removes a part, and the groups that are empty without it. */
export function removePart(group: ConditionGroup, id: string): ConditionGroup {
  const place = findPart(group, id)
  if (!place) return group
  const { parent, index } = place
  if (parent.parts.length === 1 && parent.id !== group.id) return removePart(group, parent.id)
  return replacePart(group, { ...parent, parts: removeItem(parent.parts, index) })
}

/**
 * Moves a part by one place, into a group that is there, or over the edge of its own group. `undefined` at the end of the
 * condition. A group that is empty then is removed.
 */
export function movePart(
  group: ConditionGroup,
  id: string,
  direction: 'up' | 'down',
): ConditionGroup | undefined {
  const place = findPart(group, id)
  const part = place?.parent.parts[place.index]
  if (!place || !part) return undefined
  const { parent, index } = place
  const next = index + (direction === 'up' ? -1 : 1)
  const neighbor = parent.parts[next]
  if (neighbor && !isConditionGroup(neighbor))
    return replacePart(group, { ...parent, parts: moveItem(parent.parts, index, next) })
  if (neighbor) {
    const entered = {
      ...neighbor,
      parts: insertItem(neighbor.parts, direction === 'up' ? neighbor.parts.length : 0, part),
    }
    const parts = removeItem(replaceItem(parent.parts, next, entered), index)
    return replacePart(group, { ...parent, parts })
  }
  const outer = findPart(group, parent.id)
  if (!outer) return undefined
  const left = { ...parent, parts: removeItem(parent.parts, index) }
  const rest =
    left.parts.length === 0
      ? removeItem(outer.parent.parts, outer.index)
      : replaceItem(outer.parent.parts, outer.index, left)
  const isBehind = direction === 'down' && left.parts.length > 0
  const parts = insertItem(rest, outer.index + (isBehind ? 1 : 0), part)
  return replacePart(group, { ...outer.parent, parts })
}

/** The part that is nearest to one that is removed: the next one in its group, or the one before. It is not in a group that goes with it. */
export function findNeighbor(group: ConditionGroup, id: string): ConditionPart | undefined {
  const place = findPart(group, id)
  if (!place) return undefined
  const { parent, index } = place
  return parent.parts[index + 1] ?? parent.parts[index - 1] ?? findNeighbor(group, parent.id)
}
