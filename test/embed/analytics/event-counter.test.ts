import { expect, it } from 'vitest'
import { createEventCounter } from '../../../src/embed/analytics/event-counter.ts'
import type { TrackedEvent } from '../../../src/embed/analytics/goals.ts'

const leadId = '01990000-0000-7000-8000-000000000001'

function countEvents(events: readonly TrackedEvent[]): readonly unknown[] {
  const sent: unknown[] = []
  const count = createEventCounter(
    {
      url: 'https://leads.example.ru/forms/main/events',
      step: () => 'person',
      code: (field) => (field === 'phone' ? 'phone-incomplete' : undefined),
      source: () => 'yandex',
    },
    'b',
    (url, body) => {
      expect(url).toBe('https://leads.example.ru/forms/main/events')
      sent.push(JSON.parse(body))
    },
  )
  for (const event of events) count(event)
  return sent
}

const where = { variant: 'b', source: 'yandex' }
const leave: TrackedEvent = { type: 'leave' }
const outcome = (name: string): TrackedEvent => ({ type: 'outcome', outcome: name, leadId })

it('tells a relay of every event once', () => {
  expect(
    countEvents([
      { type: 'view' },
      { type: 'start' },
      { type: 'step', id: 'person', index: 1 },
      { type: 'step', id: 'person', index: 1 },
      { type: 'consent', id: 'processing' },
      { type: 'submit' },
      { type: 'submit' },
      outcome('accepted'),
      leave,
    ]),
  ).toEqual([
    { event: 'view', ...where },
    { event: 'start', ...where },
    { event: 'step', step: 'person', ...where },
    { event: 'submit', ...where },
  ])
})

it.each<[string, readonly TrackedEvent[], readonly unknown[]]>([
  ['nobody has begun', [{ type: 'view' }, leave], []],
  [
    'a field was wrong',
    [{ type: 'start' }, { type: 'field', name: 'phone', ms: 10 }, leave, leave],
    [{ event: 'leave', step: 'person', field: 'phone', codes: ['phone-incomplete'], ...where }],
  ],
  [
    'the code of a text message is missing',
    [{ type: 'start' }, { type: 'field', name: 'email', ms: 10 }, outcome('verification'), leave],
    [{ event: 'leave', step: 'person', field: 'email', ...where }],
  ],
])('counts where a page is left: %s', (_, events, expected) => {
  expect(countEvents(events).filter((event) => Object(event).event === 'leave')).toEqual(expected)
})
