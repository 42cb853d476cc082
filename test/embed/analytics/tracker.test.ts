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

function pushedGoals(events: readonly TrackedEvent[]) {
  const dataLayer: { readonly event?: string }[] = []
  const track = createTracker({ form: 'main', dataLayer: true }, { dataLayer })
  for (const event of events) track(event)
  return dataLayer
}

describe('a counter', () => {
  it('of Metrika receives every goal once, with the times at fields and the id of the event', () => {
    const calls: unknown[][] = []
    const track = createTracker(
      { form: 'main', metrika: '123' },
      { ym: (...call: unknown[]) => calls.push(call) },
    )
    for (const event of [...journey, outcome('accepted'), outcome('accepted')]) track(event)
    expect(calls).toEqual([
      [123, 'reachGoal', 'loan_form_view', { form: 'main' }],
      [123, 'reachGoal', 'loan_form_start', { form: 'main' }],
      [123, 'reachGoal', 'loan_form_step_2', { form: 'main', step: 'person', seconds: { amount: 1.2 } }],
      [123, 'reachGoal', 'loan_form_step_1', { form: 'main', step: 'loan' }],
      [123, 'reachGoal', 'loan_form_consent', { form: 'main', consent: 'processing' }],
      [123, 'reachGoal', 'loan_form_submit', { form: 'main' }],
      [123, 'reachGoal', 'loan_form_success', { form: 'main', outcome: 'accepted', event_id: leadId }],
    ])
  })

  it.each<[string, object, (received: unknown[]) => PageGlobals, unknown]>([
    [
      'a list of another name',
      { dataLayer: 'events' },
      (received) => ({ events: { push: (entry: unknown) => received.push(entry) } }),
      { event: 'loan_form_view', form: 'main' },
    ],
    [
      'a VK pixel',
      { vk: 'VK-RTRG-000000-AAAAA' },
      (received) => ({ VK: { Retargeting: { Event: (goal: unknown) => received.push(goal) } } }),
      'loan_form_view',
    ],
    [
      'Top.Mail.Ru',
      { vk: 1234567 },
      (received) => ({ _tmr: received }),
      { type: 'reachGoal', id: '1234567', goal: 'loan_form_view' },
    ],
  ])('may be %s', (_, options, globalsOf, expected) => {
    const received: unknown[] = []
    createTracker({ form: 'main', ...options }, globalsOf(received))({ type: 'view' })
    expect(received).toEqual([expected])
  })

  it('can tell two forms on one page apart, and the variants of a form', () => {
    const dataLayer: unknown[] = []
    const goals: unknown[] = []
    const globals = { dataLayer, VK: { Retargeting: { Event: (goal: unknown) => goals.push(goal) } } }
    const counters = { dataLayer: true, vk: 'VK-RTRG-1' }
    createTracker({ ...counters, form: 'main' }, globals)({ type: 'view' })
    createTracker(
      { ...counters, form: 'callback', goalPrefix: 'call_', variant: 'b' },
      globals,
    )({ type: 'view' })
    expect(dataLayer).toEqual([
      { event: 'loan_form_view', form: 'main' },
      { event: 'call_view', form: 'callback', variant: 'b' },
    ])
    // A pixel gets no parameters.
    expect(goals).toEqual(['loan_form_view', 'call_view'])
  })

  it('that loads late receives what it missed, in order', () => {
    const globals: PageGlobals = {}
    const track = createTracker({ form: 'main', metrika: [1, 2] }, globals)
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

  it('receives the view before the first answer, whichever is noticed first', () => {
    expect(pushedGoals([{ type: 'start' }, { type: 'view' }]).map(({ event }) => event)).toEqual([
      'loan_form_view',
      'loan_form_start',
    ])
  })

  it('that fails or is blocked does not affect the others', () => {
    const dataLayer: unknown[] = []
    const fails = (): never => {
      throw new Error('blocked')
    }
    const globals = { ym: fails, VK: { Retargeting: { Event: fails } }, dataLayer }
    const track = createTracker({ form: 'main', metrika: 1, vk: 'VK-RTRG-1', dataLayer: true }, globals)
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
  ])('of the outcome %s is reported as %j', (name, expected) => {
    expect(pushedGoals([outcome(name)]).map(({ event }) => event)).toEqual(expected)
  })

  it('is reported after the confirmation by SMS, and once', () => {
    const reached = pushedGoals([
      outcome('verification'),
      outcome('verification'),
      outcome('accepted'),
      outcome('accepted'),
    ])
    expect(reached.map(({ event }) => event)).toEqual([
      'loan_form_sms_sent',
      'loan_form_sms_ok',
      'loan_form_success',
    ])
  })
})

describe('the callback after sending', () => {
  const isCalled = (options: object, globals: PageGlobals): boolean => {
    let called = false
    const track = createTracker({ form: 'main', ...options }, globals)
    track(outcome('accepted'), () => {
      called = true
    })
    return called
  }
  const ym = (...call: unknown[]): void => {
    const done = call.at(-1)
    if (typeof done === 'function') done()
  }

  it('is called when all counters report that they have sent the goals', () => {
    expect(isCalled({ metrika: [1, 2] }, { ym })).toBe(true)
  })

  it('is not called if a counter never reports that, or has not loaded', () => {
    expect(isCalled({ metrika: 1, dataLayer: true }, { ym, dataLayer: [] })).toBe(false)
    expect(isCalled({ metrika: 1 }, {})).toBe(false)
  })

  it('is called immediately if there is nothing to send', () => {
    expect(isCalled({}, {})).toBe(true)
  })
})

describe('an abandoned form', () => {
  const leave: TrackedEvent = { type: 'leave' }
  it('is reported with the step and the last field, and no value', () => {
    expect(pushedGoals([...journey, leave]).at(-1)).toEqual({
      event: 'loan_form_abandon',
      form: 'main',
      step: 'person',
      field: 'phone',
      seconds: { phone: 0.4 },
    })
  })

  it('is not reported if nothing was entered, or the form has ended', () => {
    expect(pushedGoals([{ type: 'view' }, leave])).toHaveLength(1)
    expect(pushedGoals([...journey, outcome('accepted'), leave]).at(-1)).toMatchObject({
      event: 'loan_form_success',
    })
  })
})
