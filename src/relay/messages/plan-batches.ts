import type { StatusEvent } from './status-events.ts'

/** More new leads within {@link digestMs} become one message. */
export const digestThreshold = 20

/** So long the leads of a digest are collected. */
export const digestMs = 60_000

/** The most leads of a digest. */
export const maxDigestSize = 500

/** A message that is due. */
export interface DueMessage {
  readonly id: string
  readonly event: StatusEvent
  /** The digest that it belongs to: one that was formed before, or its own id if it may have arrived alone. */
  readonly digest: string | null
  readonly createdAt: Date
  /** Whether more than {@link digestThreshold} new leads came within {@link digestMs} up to this one. */
  readonly isCrowded: boolean
}

/** Messages that are sent together. */
export interface PlannedBatch {
  /** Its id, if it is a digest: that of its first message. */
  readonly digest?: string
  readonly ids: readonly string[]
}

/**
 * Groups what is due, in the order of its positions. A digest that was sent before stays as it is. New leads that came
 * at a high rate wait until the first of them is old enough; those that have piled up while the receiver was down do not.
 */
export function planBatches(due: readonly DueMessage[], now: Date): readonly PlannedBatch[] {
  const fresh = due.filter(({ digest, event }) => digest === null && event === 'new')
  const collected = fresh.length > digestThreshold ? fresh : fresh.filter(({ isCrowded }) => isCrowded)
  const [first] = collected
  // Either way: the clock may have been set back.
  const isReady = first !== undefined && Math.abs(now.getTime() - first.createdAt.getTime()) >= digestMs
  const planned = new Map<string, PlannedBatch>()
  for (const message of due) {
    const { id, digest } = message
    if (digest !== null) planned.set(digest, { digest, ids: [...(planned.get(digest)?.ids ?? []), id] })
    else if (!collected.includes(message)) planned.set(id, { ids: [id] })
    else if (message === first && isReady) {
      const ids = collected.slice(0, maxDigestSize).map((each) => each.id)
      planned.set(id, ids.length === 1 ? { ids } : { digest: id, ids })
    }
  }
  return [...planned.values()]
}
