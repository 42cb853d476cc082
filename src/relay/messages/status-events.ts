import type { ReceiverProgress } from '../../lead/outcome.ts'

/** Everything about a lead that notifications and postbacks can tell of. */
export const statusEvents = [
  'new',
  'partial',
  'accepted',
  'duplicate',
  'declined',
  'approved',
  'rejected',
  'failed',
  'refused',
  'uncertain',
] as const

/** One of {@link statusEvents}. */
export type StatusEvent = (typeof statusEvents)[number]

/**
 * What a lead's change of status is called; `before` is `undefined` for a lead that has just been stored. A lead that was
 * partial is new when it is complete.
 */
export function eventsOfChange(before: string | undefined, after: string): readonly StatusEvent[] {
  if (before === after) return []
  const named = statusEvents.filter((event) => event === after)
  const isNew = (before === undefined || before === 'partial') && after !== 'partial'
  return isNew ? ['new', ...named] : named
}

/**
 * What the receivers behind a provider have decided about an accepted lead: approved by one of them, rejected by all;
 * `undefined` while that is open.
 */
export function eventOfProgress(progress: readonly ReceiverProgress[] = []): StatusEvent | undefined {
  if (progress.some(({ status }) => status === 'approved')) return 'approved'
  const isRejected =
    progress.length > 0 && progress.every(({ status }) => status === 'declined' || status === 'error')
  return isRejected ? 'rejected' : undefined
}
