import { describe, expect, it } from 'vitest'
import type { FormDefinition } from '../../src/form/definition.ts'
import type { SendResult } from '../../src/lead/delivery.ts'
import { repeatSending } from '../../src/state/repeat-sending.ts'
import { define } from '../form/define.ts'
import { createFormModel } from './support/form-ports.ts'

const unanswered: SendResult = { outcome: 'failed', code: 'network', isRepeatable: true }
const accepted: SendResult = { outcome: 'accepted' }
const form = define([{ name: 'phone' }], [{ name: 'amount' }])

/** Lets everything happen that needs no time. */
const settle = () => new Promise((resolve) => setTimeout(resolve))

/** A form that was sent without an answer. `wake` is the connection that may be back. */
async function sendUnanswered(...answers: readonly SendResult[]) {
  return sendForm(form, answers)
}

async function sendForm(definition: FormDefinition, answers: readonly SendResult[]) {
  const wakes: (() => void)[] = []
  const pauses: number[] = []
  let count = 0
  const recorded = createFormModel(definition, {
    send: async () => answers[count++] ?? unanswered,
    repeating: {
      repeatingText: (code) => `repeating after ${code}`,
      waitForConnection(ms, signal) {
        pauses.push(ms)
        return new Promise((resolve) => {
          wakes.push(resolve)
          signal.addEventListener('abort', () => resolve())
        })
      },
    },
  })
  const { model } = recorded
  model.type('phone', '+7 900 000-00-01')
  if (model.fields['city']) model.type('city', 'Тюмень')
  model.next()
  model.type('amount', '30000')
  model.tick('processing', true)
  await model.submit()
  return {
    ...recorded,
    pauses,
    async wake() {
      wakes.pop()?.()
      await settle()
    },
  }
}

const repeating = { kind: 'page', text: 'repeating after network' }
const failed = { kind: 'failed', code: 'network' }

describe('an application without an answer', () => {
  it('is sent again by itself, word for word, until there is an answer', async () => {
    const { model, sent, events, pauses, wake } = await sendUnanswered(
      unanswered,
      unanswered,
      unanswered,
      accepted,
    )
    expect(model.status.value).toBe('failed')
    expect(model.alert.value).toEqual(repeating)
    const { sequence } = model.focusRequest.value
    await wake()
    await wake()
    // Nobody's focus is moved by what happens in the background.
    expect(model.focusRequest.value.sequence).toBe(sequence)
    expect(model.alert.value).toEqual(repeating)
    await wake()
    expect(model.status.value).toBe('accepted')
    expect(sent).toHaveLength(4)
    expect(new Set(sent.map((lead) => JSON.stringify(lead))).size).toBe(1)
    expect(pauses).toEqual([2000, 4000, 8000])
    expect(events.filter(({ type }) => type === 'error' || type === 'outcome')).toEqual([
      { type: 'error', code: 'network' },
      { type: 'outcome', outcome: 'accepted', leadId: 'lead-1' },
    ])
  })

  it('is sent at once when the person presses, and the background leaves it alone', async () => {
    const { model, sent, wake } = await sendUnanswered(unanswered, accepted)
    await model.submit()
    expect(model.status.value).toBe('accepted')
    await wake()
    expect(sent.map(({ id, key }) => `${id} ${key}`)).toEqual(['lead-1 key-1', 'lead-1 key-1'])
  })

  it.each<[string, (model: ReturnType<typeof createFormModel>['model']) => void]>([
    ['types', (model) => model.type('amount', '50000')],
    ['takes a consent back', (model) => model.tick('processing', false)],
    ['begins again', (model) => model.reset()],
    ['leaves the page of the form', (model) => model.destroy()],
    ['comes back to a page whose consents were cleared', (model) => model.consents.clear()],
  ])('is not sent again by itself once the person %s', async (_, act) => {
    const { model, sent, wake } = await sendUnanswered(unanswered, accepted)
    act(model)
    await wake()
    expect(sent).toHaveLength(1)
    expect(model.status.value).not.toBe('accepted')
    // Nothing promises what does not happen.
    expect(model.alert.value).not.toEqual(repeating)
  })

  it.each<[string, (model: ReturnType<typeof createFormModel>['model']) => void]>([
    ['goes back', (model) => model.back()],
    ['goes to another step', (model) => model.goTo('step-0')],
    [
      'goes back and forth',
      (model) => {
        model.back()
        model.next()
      },
    ],
    ['goes from the review to a field', (model) => model.actions()?.change('phone')],
    ['leaves a field as it is', (model) => model.leave('phone')],
  ])('goes on while the person %s, and the alert stays', async (_, act) => {
    const { model, sent, wake } = await sendUnanswered(unanswered, unanswered, accepted)
    act(model)
    expect(model.alert.value).toEqual(repeating)
    await wake()
    expect(model.alert.value).toEqual(repeating)
    await wake()
    expect(model.status.value).toBe('accepted')
    expect(new Set(sent.map((lead) => JSON.stringify(lead))).size).toBe(1)
    expect(sent).toHaveLength(3)
  })

  it('says on the step where an answer is changed that it was not sent', async () => {
    const { model } = await sendUnanswered(unanswered)
    model.back()
    model.type('phone', '+7 900 000-00-02')
    expect(model.alert.value).toEqual(failed)
  })

  it('goes on when a list of places fills in its codes late', async () => {
    const { model, sent, wake } = await sendForm(
      define([{ name: 'phone' }, { name: 'issuePlace' }], [{ name: 'amount' }]),
      [unanswered, accepted],
    )
    expect(sent).toHaveLength(1)
    model.fill({ city: 'Тюмень', cityKladr: '7200000100000' })
    expect(model.fields['cityKladr']?.text.value).toBe('7200000100000')
    expect(model.alert.value).toEqual(repeating)
    await wake()
    expect(model.status.value).toBe('accepted')
  })

  it('is said not to be sent in the form that replaces this one, which sends it under the same id', async () => {
    const { model, sent } = await sendUnanswered(unanswered)
    const next = createFormModel(form)
    next.model.restoreState(model.exportState())
    model.destroy()
    expect(next.model.alert.value).toEqual(failed)
    await next.model.submit()
    expect(next.sent.map(({ id, key }) => ({ id, key }))).toEqual(sent.map(({ id, key }) => ({ id, key })))
  })

  it('shows what an answer in the background says', async () => {
    const { model, wake } = await sendUnanswered(unanswered, {
      outcome: 'invalid',
      issues: [{ field: 'phone', code: 'phone-not-mobile' }],
    })
    await wake()
    expect(model.step.value?.id).toBe('step-0')
    expect(model.fields['phone']?.message.value).toEqual({ code: 'phone-not-mobile' })
  })

  it('that is refused in the background fails with its own words', async () => {
    const { model, wake } = await sendUnanswered(unanswered, { outcome: 'failed', code: 'status-503' })
    await wake()
    expect(model.alert.value).toEqual({ kind: 'failed', code: 'status-503' })
  })

  it('is left to the person after many tries', async () => {
    const { model, sent, wake, pauses } = await sendUnanswered(unanswered)
    for (let count = 0; count < 60; count += 1) await wake()
    expect(model.alert.value).toEqual(failed)
    expect(model.status.value).toBe('failed')
    await wake()
    expect(sent).toHaveLength(61)
    expect(Math.max(...pauses)).toBe(60_000)
  })
})

it.each<SendResult>([
  { outcome: 'failed', code: 'network' },
  { outcome: 'failed', code: 'uncertain' },
  { outcome: 'failed', code: 'status-429', retryAfterSeconds: 30 },
])('$code, which must not be repeated, is left to the person', async (result) => {
  const { model, sent, wake } = await sendUnanswered(result)
  await wake()
  expect(sent).toHaveLength(1)
  expect(model.alert.value).not.toEqual(repeating)
})

it('what was changed and sent again ends the request that still runs, and is always later', async () => {
  const times = ['2026-11-22T09:00:00Z', '2026-11-22T08:00:00Z']
  const signals: (AbortSignal | undefined)[] = []
  let isHanging = false
  let isBack = (): void => undefined
  const { model, sent } = createFormModel(form, {
    now: () => new Date(times[isHanging ? 1 : 0] ?? ''),
    send(_, signal) {
      signals.push(signal)
      if (signals.length === 2) return new Promise(() => (isHanging = true))
      return Promise.resolve(signals.length === 1 ? unanswered : accepted)
    },
    repeating: {
      repeatingText: () => 'repeating',
      waitForConnection: () => new Promise((resolve) => (isBack = resolve)),
    },
  })
  model.type('phone', '+7 900 000-00-01')
  model.next()
  model.type('amount', '30000')
  model.tick('processing', true)
  await model.submit()
  isBack()
  await expect.poll(() => isHanging).toBe(true)
  expect(signals[1]?.aborted).toBe(false)
  model.type('amount', '50000')
  expect(signals[1]?.aborted).toBe(true)
  await model.submit()
  expect(model.status.value).toBe('accepted')
  expect(sent.map(({ id, values, page }) => [id, values.amount, page.submittedAt])).toEqual([
    ['lead-1', 30_000, '2026-11-22T09:00:00.000Z'],
    ['lead-1', 30_000, '2026-11-22T09:00:00.000Z'],
    // The clock has been set back meanwhile.
    ['lead-1', 50_000, '2026-11-22T09:00:00.001Z'],
  ])
})

it('repetition ends after half an hour', async () => {
  let now = 0
  let sent = 0
  const result = await repeatSending(
    async () => {
      sent += 1
      return unanswered
    },
    {
      async waitForConnection(ms) {
        now += ms
      },
    },
    () => new Date(now),
    new AbortController().signal,
  )
  expect(result).toBeUndefined()
  expect(now).toBeGreaterThanOrEqual(30 * 60_000)
  expect(now).toBeLessThan(32 * 60_000)
  expect(sent).toBeLessThan(40)
})
