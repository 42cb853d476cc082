import { expect, it } from 'vitest'
import { type DueMessage, planBatches } from '../../../src/relay/messages/plan-batches.ts'
import { eventOfProgress, eventsOfChange } from '../../../src/relay/messages/status-events.ts'

const now = new Date('2026-11-22T09:10:00Z')
let count = 0
function due(changes: Partial<DueMessage> & { readonly secondsAgo?: number } = {}): DueMessage {
  const { secondsAgo = 0, ...rest } = changes
  count += 1
  const createdAt = new Date(now.getTime() - secondsAgo * 1000)
  return { id: `m${count}`, event: 'new', digest: null, createdAt, isCrowded: false, ...rest }
}

it('sends few messages one by one, in their order', () => {
  const messages = [due(), due({ event: 'failed' }), due()]
  expect(planBatches(messages, now)).toEqual(messages.map(({ id }) => ({ ids: [id] })))
})

it('collects crowded leads until the first of them is a minute old', () => {
  const single = due({ secondsAgo: 70 })
  const failed = due({ event: 'failed' })
  const young = [due({ isCrowded: true, secondsAgo: 59 }), due({ isCrowded: true })]
  expect(planBatches([single, ...young, failed], now)).toEqual([{ ids: [single.id] }, { ids: [failed.id] }])
  const old = [due({ isCrowded: true, secondsAgo: 60 }), due({ isCrowded: true })]
  expect(planBatches([...old, failed], now)).toEqual([
    { digest: old[0]?.id, ids: old.map(({ id }) => id) },
    { ids: [failed.id] },
  ])
})

it('makes one digest of what has piled up, and repeats a digest as it was', () => {
  const pile = Array.from({ length: 21 }, () => due({ secondsAgo: 3600 }))
  const ids = pile.map(({ id }) => id)
  expect(planBatches(pile, now)).toEqual([{ digest: ids[0], ids }])
  const sent = pile.map((message) => ({ ...message, digest: 'm-first' }))
  const later = due()
  expect(planBatches([...sent, later], now)).toEqual([{ digest: 'm-first', ids }, { ids: [later.id] }])
})

it('names changes of a status by the events that receivers know', () => {
  expect(eventsOfChange(undefined, 'queued')).toEqual(['new'])
  expect(eventsOfChange(undefined, 'stored')).toEqual(['new'])
  expect(eventsOfChange(undefined, 'duplicate')).toEqual(['new', 'duplicate'])
  expect(eventsOfChange(undefined, 'partial')).toEqual(['partial'])
  expect(eventsOfChange('partial', 'queued')).toEqual(['new'])
  expect(eventsOfChange('queued', 'accepted')).toEqual(['accepted'])
  expect(eventsOfChange('accepted', 'accepted')).toEqual([])
  expect(eventsOfChange('invalid', 'queued')).toEqual([])
})

it('takes an application for approved by one receiver, and for rejected by all', () => {
  const progress = (...statuses: readonly ('approved' | 'declined' | 'error' | 'processing')[]) =>
    eventOfProgress(statuses.map((status) => ({ receiver: 'a', status })))
  expect(progress('declined', 'approved', 'processing')).toBe('approved')
  expect(progress('declined', 'error')).toBe('rejected')
  expect(progress('declined', 'processing')).toBeUndefined()
  expect(progress()).toBeUndefined()
})
