import { describe, expect, it } from 'vitest'
import type { PageGlobals } from '../../../src/embed/analytics/targets.ts'
import type { TrackedEvent } from '../../../src/embed/analytics/goals.ts'
import { createTracker } from '../../../src/embed/analytics/tracker.ts'

const leadId = '01990000-0000-7000-8000-000000000001'
const journey: readonly TrackedEvent[] = [
  { type: 'view' },
  { type: 'start' },
  { type: 'field', name: 'amount', ms: 1234 },
  { type: 'step', id: 'person', index: 1 },
  { type: 'step', id: 'loan', index: 0 },
  { type: 'step', id: 'person', index: 1 },
  { type: 'field', name: 'phone', ms: 400 },
  { type: 'consent', id: 'processing' },
  { type: 'submit' },
]
const outcome = (name: string): TrackedEvent => ({ type: 'outcome', outcome: name, leadId })

function goals(events: readonly TrackedEvent[]) {
  const dataLayer: { readonly event?: string }[] = []
  const track = createTracker({ dataLayer: true }, { dataLayer })
  for (const event of events) track(event)
  return dataLayer
}

describe('a counter', () => {
  it('of Metrika is told every goal once, with the time at fields and the id of the event', () => {
    const calls: unknown[][] = []
    const track = createTracker({ metrika: '123' }, { ym: (...call: unknown[]) => calls.push(call) })
    for (const event of [...journey, outcome('accepted'), outcome('accepted')]) track(event)
    expect(calls).toEqual([
      [123, 'reachGoal', 'loan_form_view', {}],
      [123, 'reachGoal', 'loan_form_start', {}],
      [123, 'reachGoal', 'loan_form_step_2', { step: 'person', seconds: { amount: 1.2 } }],
      [123, 'reachGoal', 'loan_form_step_1', { step: 'loan' }],
      [123, 'reachGoal', 'loan_form_consent', { consent: 'processing' }],
      [123, 'reachGoal', 'loan_form_submit', {}],
      [123, 'reachGoal', 'loan_form_success', { outcome: 'accepted', event_id: leadId }],
    ])
  })

  it.each<[string, object, (told: unknown[]) => PageGlobals, unknown]>([
    [
      'a list of another name',
      { dataLayer: 'events' },
      (told) => ({ events: { push: (entry: unknown) => told.push(entry) } }),
      { event: 'loan_form_view' },
    ],
    [
      'a VK pixel',
      { vk: 'VK-RTRG-000000-AAAAA' },
      (told) => ({ VK: { Retargeting: { Event: (goal: unknown) => told.push(goal) } } }),
      'loan_form_view',
    ],
    [
      'Top.Mail.Ru',
      { vk: 1234567 },
      (told) => ({ _tmr: told }),
      { type: 'reachGoal', id: '1234567', goal: 'loan_form_view' },
    ],
  ])('may be %s', (_, options, globalsOf, expected) => {
    const told: unknown[] = []
    createTracker(options, globalsOf(told))({ type: 'view' })
    expect(told).toEqual([expected])
  })

  it('that loads late is told what it missed, in order', () => {
    const globals: PageGlobals = {}
    const track = createTracker({ metrika: [1, 2] }, globals)
    track({ type: 'view' })
    const calls: unknown[][] = []
    globals['ym'] = (...call: unknown[]) => calls.push(call)
    track({ type: 'start' })
    expect(calls.map(([id, , goal]) => [id, goal])).toEqual([
      [1, 'loan_form_view'],
      [1, 'loan_form_start'],
      [2, 'loan_form_view'],
      [2, 'loan_form_start'],
    ])
  })

  it('that fails or is blocked disturbs nobody', () => {
    const dataLayer: unknown[] = []
    const fails = (): never => {
      throw new Error('blocked')
    }
    const globals = { ym: fails, VK: { Retargeting: { Event: fails } }, dataLayer }
    const track = createTracker({ metrika: 1, vk: 'VK-RTRG-1', dataLayer: true }, globals)
    for (const event of journey) track(event)
    expect(dataLayer).toHaveLength(6)
  })
})

describe('success', () => {
  it.each([
    ['accepted', ['loan_form_success']],
    ['queued', ['loan_form_success']],
    ['duplicate', ['loan_form_duplicate']],
    ['declined', ['loan_form_declined']],
    ['invalid', []],
  ])('is told of the outcome %s as %j', (name, expected) => {
    expect(goals([outcome(name)]).map(({ event }) => event)).toEqual(expected)
  })

  it('comes after the confirmation by SMS, and once', () => {
    const told = goals([
      outcome('verification'),
      outcome('verification'),
      outcome('accepted'),
      outcome('accepted'),
    ])
    expect(told.map(({ event }) => event)).toEqual([
      'loan_form_sms_sent',
      'loan_form_sms_ok',
      'loan_form_success',
    ])
  })
})

describe('who waits for the counters', () => {
  const told = (options: object, globals: PageGlobals): boolean => {
    let isTold = false
    const track = createTracker(options, globals)
    track(outcome('accepted'), () => {
      isTold = true
    })
    return isTold
  }
  const ym = (...call: unknown[]): void => {
    const done = call.at(-1)
    if (typeof done === 'function') done()
  }

  it('is told when all of them say that they have sent it on', () => {
    expect(told({ metrika: [1, 2] }, { ym })).toBe(true)
  })

  it('waits in vain for those that never say, or are not there', () => {
    expect(told({ metrika: 1, dataLayer: true }, { ym, dataLayer: [] })).toBe(false)
    expect(told({ metrika: 1 }, {})).toBe(false)
  })

  it('does not wait where there is nothing to send', () => {
    expect(told({}, {})).toBe(true)
  })
})

describe('an application that is given up', () => {
  const leave: TrackedEvent = { type: 'leave' }
  it('is told with the step and the last field, and no value', () => {
    expect(goals([...journey, leave]).at(-1)).toEqual({
      event: 'loan_form_abandon',
      step: 'person',
      field: 'phone',
      seconds: { phone: 0.4 },
    })
  })

  it('is none where nothing was touched, or all is done', () => {
    expect(goals([{ type: 'view' }, leave])).toHaveLength(1)
    expect(goals([...journey, outcome('accepted'), leave]).at(-1)).toMatchObject({
      event: 'loan_form_success',
    })
  })
})
