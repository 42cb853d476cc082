import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { SendResult } from '../../src/lead/delivery.ts'
import type { Lead } from '../../src/lead/lead.ts'
import type { FieldIssue } from '../../src/lead/issue.ts'
import type { ActionPorts } from '../../src/state/form-ports.ts'
import { SendingModel } from '../../src/state/sending-model.ts'
import { SubmissionModel } from '../../src/state/submission-model.ts'
import { createPorts } from './support/form-ports.ts'

const wrongCode = {
  outcome: 'verification',
  attemptsLeft: 2,
  issues: [{ field: 'code', code: 'wrong-code' }],
} as const satisfies SendResult

/** A submission of a form that records what it is asked to do. */
function createSubmission(overrides: Partial<ActionPorts> = {}) {
  const recorded = createPorts(overrides)
  const calls: string[] = []
  const shownIssues: FieldIssue[] = []
  const state = new SubmissionModel(recorded.ports)
  const sending = new SendingModel(state, {
    ...recorded.ports,
    answers: () => ({ values: { phone: '+79000000001' }, consents: [] }),
    shownAnswers: () => '',
    showIssues: (issues) => shownIssues.push(...issues),
    clearForm: () => calls.push('clear'),
    requestFocus: (target, name = '') => calls.push(`focus ${target} ${name}`.trim()),
  })
  return { ...recorded, submission: { ...state, ...sending }, calls, shownIssues }
}

describe('a lead that is one too many', () => {
  it('is not sent, and the form says when it can be sent again, under the same id', async () => {
    let refused = true
    const { submission, sent, events, calls } = createSubmission({
      send: async () =>
        refused ? { outcome: 'failed', code: 'status-429', retryAfterSeconds: 30 } : { outcome: 'accepted' },
    })
    await submission.send()
    expect(submission.status.value).toBe('failed')
    expect(submission.alert.value).toEqual({ kind: 'page', text: 'again in 30 s' })
    expect(submission.isEditable.value).toBe(true)
    expect(calls).toEqual(['focus message'])
    expect(events).toContainEqual({ type: 'error', code: 'status-429' })
    refused = false
    await submission.send()
    expect(submission.status.value).toBe('accepted')
    expect(submission.alert.value).toBeUndefined()
    expect(sent.map(({ id }) => id)).toEqual(['lead-1', 'lead-1'])
  })
})

describe('the identity of a lead', () => {
  it('is created with the first change, and kept through every retry', async () => {
    const { submission, sent, events } = createSubmission({
      send: async () => ({ outcome: 'failed', code: 'network' }),
    })
    expect(submission.startedLead()).toBeUndefined()
    submission.touch()
    submission.touch()
    await submission.send()
    await submission.send()
    expect(sent.map(({ id, key }) => [id, key])).toEqual([
      ['lead-1', 'key-1'],
      ['lead-1', 'key-1'],
    ])
    expect(events.filter(({ type }) => type === 'start')).toHaveLength(1)
  })

  it('is another one once the lead is cleared', async () => {
    const { submission, sent } = createSubmission()
    submission.touch()
    submission.clear()
    expect(submission.touched.value).toBe(false)
    await submission.send()
    expect(sent.map(({ id }) => id)).toEqual(['lead-2'])
  })

  it('is another one, once, when the relay has erased what was stored under it', async () => {
    const asked: string[] = []
    let erased = 1
    const { submission, sent, events } = createSubmission({
      beforeSubmit: ({ id }) => asked.push(id) > 0,
      send: async () => {
        erased -= 1
        return erased < 0 ? { outcome: 'accepted' } : { outcome: 'failed', code: 'status-410' }
      },
    })
    await submission.send()
    expect(sent.map(({ id, key }) => [id, key])).toEqual([
      ['lead-1', 'key-1'],
      ['lead-2', 'key-2'],
    ])
    expect(asked).toEqual(['lead-1'])
    expect(submission.status.value).toBe('accepted')
    expect(events.at(-1)).toEqual({ type: 'outcome', outcome: 'accepted', leadId: 'lead-2' })
    expect(events.filter(({ type }) => type === 'start')).toHaveLength(1)
    erased = 99
    await submission.send()
    expect(sent).toHaveLength(4)
    expect(submission.status.value).toBe('failed')
    expect(events.at(-1)).toEqual({ type: 'error', code: 'status-410' })
  })

  it('does not keep the answer from the person when it changes while the lead is sent', async () => {
    const { promise, resolve } = Promise.withResolvers<SendResult>()
    const { submission, events } = createSubmission({ send: () => promise })
    const sending = submission.send()
    submission.renew()
    resolve({ outcome: 'accepted' })
    await sending
    expect(submission.status.value).toBe('accepted')
    expect(events.at(-1)).toEqual({ type: 'outcome', outcome: 'accepted', leadId: 'lead-1' })
  })

  it('is not taken for an erased lead that the person has left meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<SendResult>()
    const { submission, sent, events } = createSubmission({ send: () => promise })
    const sending = submission.send()
    await expect.poll(() => sent.length).toBe(1)
    submission.clear()
    resolve({ outcome: 'failed', code: 'status-410' })
    await sending
    expect(sent.map(({ id }) => id)).toEqual(['lead-1'])
    expect(submission.startedLead()).toBeUndefined()
    expect(events.map(({ type }) => type)).toEqual(['start'])
  })

  it('can be continued from another form', async () => {
    const { submission, sent, events } = createSubmission()
    const startedAt = new Date('2026-11-22T08:00:00Z')
    submission.restore({ identity: { id: 'lead-0', key: 'key-0' }, startedAt })
    await submission.send()
    expect(sent).toMatchObject([{ id: 'lead-0', key: 'key-0', page: { startedAt: startedAt.toISOString() } }])
    expect(events.filter(({ type }) => type === 'start')).toEqual([])
  })
})

describe('a lead that is sent', () => {
  it('cannot be edited until the answer has arrived', async () => {
    const { promise, resolve } = Promise.withResolvers<SendResult>()
    const { submission } = createSubmission({ send: () => promise })
    expect(submission.isEditable.value).toBe(true)
    const sending = submission.send()
    expect(submission.status.value).toBe('sending')
    expect(submission.isEditable.value).toBe(false)
    resolve({ outcome: 'failed', code: 'network' })
    await sending
    expect(submission.status.value).toBe('failed')
    expect(submission.isEditable.value).toBe(true)
  })

  it.each(['accepted', 'duplicate', 'declined', 'queued'] as const)(
    'ends the form with the outcome %s, and nothing personal remains',
    async (outcome) => {
      const { submission, calls, events } = createSubmission({ send: async () => ({ outcome }) })
      await submission.send()
      expect(submission.status.value).toBe(outcome)
      expect(submission.isEditable.value).toBe(false)
      expect(calls).toEqual(['clear', 'focus heading'])
      expect(events.at(-1)).toEqual({ type: 'outcome', outcome, leadId: 'lead-1' })
    },
  )

  it('returns to the form with the issues that were found', async () => {
    const issues = [{ field: 'phone', code: 'phone-not-mobile' }] as const
    const { submission, shownIssues, events } = createSubmission({
      send: async () => ({ outcome: 'invalid', issues }),
    })
    await submission.send()
    expect(submission.status.value).toBe('filling')
    expect(shownIssues).toEqual(issues)
    expect(events.at(-1)).toEqual({ type: 'outcome', outcome: 'invalid', leadId: 'lead-1' })
  })

  it('can be stopped by the page', async () => {
    const { submission, sent } = createSubmission({ beforeSubmit: async () => false })
    await submission.send()
    expect(sent).toEqual([])
    expect(submission.status.value).toBe('failed')
    expect(submission.alert.value).toEqual({ kind: 'failed', code: 'cancelled' })
  })

  it.each<[string, Partial<ActionPorts>, string]>([
    ['the delivery reports it', { send: async () => ({ outcome: 'failed', code: 'network' }) }, 'network'],
    ['the delivery throws', { send: async () => Promise.reject(new Error('unexpected')) }, 'unexpected'],
    ['the page throws', { beforeSubmit: async () => Promise.reject(new Error('page')) }, 'unexpected'],
  ])('has failed if %s', async (_, ports, code) => {
    const { submission, calls, events, exceptions } = createSubmission(ports)
    await submission.send()
    expect(exceptions).toHaveLength(code === 'unexpected' ? 1 : 0)
    expect(submission.status.value).toBe('failed')
    expect(submission.alert.value).toEqual({ kind: 'failed', code })
    expect(calls).toEqual(['focus message'])
    expect(events.at(-1)).toEqual({ type: 'error', code })
  })

  it('has no effect if its answer arrives after a reset', async () => {
    const { promise, resolve } = Promise.withResolvers<SendResult>()
    const { submission, calls, events } = createSubmission({ send: () => promise })
    const sending = submission.send()
    submission.clear()
    resolve({ outcome: 'accepted' })
    await sending
    expect(submission.status.value).toBe('sending')
    expect(calls).toEqual([])
    expect(events).toEqual([{ type: 'start' }])
  })
})

describe('a lead that the person leaves before it is sent', () => {
  it('is not sent after a reset while the page is asked', async () => {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    let asked = 0
    const { submission, sent } = createSubmission({
      beforeSubmit() {
        asked += 1
        return promise
      },
    })
    const sending = submission.send()
    await expect.poll(() => asked).toBe(1)
    submission.clear()
    resolve(true)
    await sending
    expect(sent).toEqual([])
    expect(submission.startedLead()).toBeUndefined()
  })

  it('is not shown to the page after a reset before that', async () => {
    let asked = 0
    const { submission, sent } = createSubmission({ beforeSubmit: () => (asked += 1) > 0 })
    const sending = submission.send()
    submission.clear()
    await sending
    expect(asked).toBe(0)
    expect(sent).toEqual([])
  })

  it('is not sent again by itself in the form of the next person', async () => {
    const answers = [Promise.withResolvers<SendResult>(), Promise.withResolvers<boolean>()] as const
    let waits = 0
    let submits = 0
    const { submission, sent } = createSubmission({
      send: () => answers[0].promise,
      beforeSubmit: () => (submits++ === 0 ? true : answers[1].promise),
      repeating: {
        repeatingText: () => 'repeating',
        async waitForConnection() {
          waits += 1
        },
      },
    })
    const first = submission.send()
    await expect.poll(() => sent.length).toBe(1)
    submission.clear()
    const second = submission.send()
    answers[0].resolve({ outcome: 'failed', code: 'network', isRepeatable: true })
    await first
    answers[1].resolve(false)
    await second
    expect(submission.alert.value).toEqual({ kind: 'failed', code: 'cancelled' })
    expect(submission.repetition.value).toBeUndefined()
    expect(waits).toBe(0)
    expect(sent.map(({ id }) => id)).toEqual(['lead-1'])
  })
})

describe('a code from an SMS', () => {
  async function askForCode(overrides: Partial<ActionPorts> = {}) {
    const form = createSubmission({ send: async () => ({ outcome: 'verification' }), ...overrides })
    await form.submission.send()
    return form
  }

  it('is asked for, and nothing can be edited meanwhile', async () => {
    const { submission, calls } = await askForCode()
    expect(submission.status.value).toBe('verification')
    expect(submission.pendingCode.value).toEqual({ outcome: 'verification' })
    expect(submission.isEditable.value).toBe(false)
    expect(calls).toEqual(['focus heading'])
  })

  it('ends the form if it is right', async () => {
    const confirmed: unknown[] = []
    const { submission, calls } = await askForCode({
      async confirm({ id, key }, code) {
        confirmed.push([id, key, code])
        return { outcome: 'accepted' }
      },
    })
    await submission.confirm('1234')
    expect(confirmed).toEqual([['lead-1', 'key-1', '1234']])
    expect(submission.status.value).toBe('accepted')
    expect(calls).toEqual(['focus heading', 'clear', 'focus heading'])
  })

  it('is asked for again if it is wrong, with the attempts that are left', async () => {
    const { submission, calls, events } = await askForCode({ confirm: async () => wrongCode })
    await submission.confirm('1234')
    expect(submission.codeMessage.value).toEqual({ code: 'wrong-code' })
    expect(submission.pendingCode.value?.attemptsLeft).toBe(2)
    expect(calls.at(-1)).toBe('focus field code')
    expect(events).toContainEqual({ type: 'issues', step: 'verification', codes: ['wrong-code'] })

    submission.clearCodeMessage()
    expect(submission.codeMessage.value).toBeUndefined()
  })

  it('is shown with the words of the provider where it has no message of its own', async () => {
    const issues = [{ field: 'code', message: 'Код устарел' }]
    const { submission } = await askForCode({ confirm: async () => ({ outcome: 'verification', issues }) })
    await submission.confirm('1234')
    expect(submission.codeMessage.value).toMatchObject({ message: 'Код устарел' })
  })

  it('is not sent if it is no code', async () => {
    const { submission } = await askForCode({ confirm: async () => Promise.reject(new Error('not called')) })
    await submission.confirm(undefined)
    expect(submission.codeMessage.value).toEqual({ code: 'code-format' })
    expect(submission.status.value).toBe('verification')
  })

  it('can be sent again after a failure, once at a time', async () => {
    const answers = [Promise.withResolvers<SendResult>(), Promise.withResolvers<SendResult>()] as const
    let confirmations = 0
    const { submission } = await askForCode({
      confirm: async () => answers[confirmations++ === 0 ? 0 : 1].promise,
    })
    const first = submission.confirm('1234')
    await submission.confirm('1234')
    expect(confirmations).toBe(1)
    answers[0].resolve({ outcome: 'failed', code: 'network' })
    await first
    expect(submission.status.value).toBe('failed')
    expect(submission.pendingCode.value).toBeDefined()
    expect(submission.isEditable.value).toBe(false)

    answers[1].resolve({ outcome: 'accepted' })
    await submission.confirm('1234')
    expect(submission.status.value).toBe('accepted')
  })

  it('has no more attempts at 0', async () => {
    const { submission, calls } = await askForCode({
      confirm: async () => ({ ...wrongCode, attemptsLeft: 0 }),
    })
    await submission.confirm('1234')
    expect(calls.at(-1)).toBe('focus message')
    expect(submission.codeMessage.value).toBeUndefined()
  })

  it('can be left for the answers, which are then a new revision of the same lead', async () => {
    const { submission, sent } = await askForCode()
    expect(submission.reopen()).toBe(true)
    expect(submission.isEditable.value).toBe(true)
    expect(submission.reopen()).toBe(false)
    await submission.send()
    expect(sent.map(({ id }) => id)).toEqual(['lead-1', 'lead-1'])
  })

  it('need not be entered: the lead has arrived', async () => {
    const { submission, calls } = await askForCode()
    submission.giveUp()
    expect(submission.status.value).toBe('verification')
    expect(calls).toEqual(['focus heading', 'clear', 'focus heading'])
  })

  it('that was never asked for does nothing', async () => {
    const { submission, calls } = createSubmission()
    await submission.confirm('1234')
    submission.giveUp()
    expect(submission.status.value).toBe('filling')
    expect(calls).toEqual([])
  })
})

describe('a lead that was sent before the form was there', () => {
  const earlier = { id: 'earlier', key: 'earlier key' }
  const results: readonly SendResult[] = [
    { outcome: 'accepted' },
    { outcome: 'verification' },
    { outcome: 'invalid', issues: [] },
  ]

  it.each(results)('changes nothing of a form that is about another one: $outcome', (result) => {
    const { submission, events, calls, shownIssues } = createSubmission()
    submission.touch()
    submission.recover(earlier, result)
    expect(submission.status.value).toBe('filling')
    expect(submission.startedLead()?.identity.id).toBe('lead-1')
    expect(submission.pendingCode.value).toBeUndefined()
    expect([...calls, ...shownIssues]).toEqual([])
    expect(events).toEqual([{ type: 'start' }])
  })

  it('shows its outcome in a blank form under its own id', () => {
    const { submission, events } = createSubmission()
    submission.recover(earlier, { outcome: 'queued' })
    expect(submission.status.value).toBe('queued')
    expect(events).toEqual([{ type: 'outcome', outcome: 'queued', leadId: 'earlier' }])
  })

  it('that the person goes on with is sent under its id, and its code is not reported twice', async () => {
    const { submission, events, sent } = createSubmission()
    submission.touch()
    submission.resume(earlier)
    submission.recover(earlier, { outcome: 'verification' }, true)
    expect(submission.status.value).toBe('verification')
    expect(events).toEqual([{ type: 'start' }])
    submission.reopen()
    await submission.send()
    expect(sent.map(({ id, key }) => ({ id, key }))).toEqual([earlier])
  })

  it.each([
    ['the earlier one was', '2026-11-22T12:00:00.000Z', '2026-11-22T11:00:00.000Z'],
    ['the form’s own was', '2026-11-22T11:00:00.000Z', '2026-11-22T12:00:00.000Z'],
  ])('is sent after both, where %s sent later', async (_, earlierAt, ownAt) => {
    const { submission, sent } = createSubmission({ now: () => new Date('2026-11-22T10:00:00.000Z') })
    const identity = { id: 'own', key: 'own key' }
    submission.restore({ identity, startedAt: new Date(ownAt), submittedAt: new Date(ownAt) })
    submission.resume({ ...earlier, submittedAt: new Date(earlierAt) })
    await submission.send()
    expect(sent.map(({ page }) => page.submittedAt)).toEqual(['2026-11-22T12:00:00.001Z'])
    expect(submission.replaced.value).toBe(identity)
  })

  it('that is not the person’s gives the form another id, and leaves a form alone that has one', () => {
    const { submission } = createSubmission()
    submission.resume(earlier)
    submission.disown(earlier)
    const own = submission.startedLead()?.identity.id
    expect(own).toBe('lead-1')
    submission.disown(earlier)
    expect(submission.startedLead()?.identity.id).toBe(own)
  })
})

it.each<[string, SendResult]>([
  ['has been accepted', { outcome: 'accepted' }],
  ['has failed', { outcome: 'failed', code: 'network' }],
])('nothing keeps a lead in memory once it %s', async (_, result) => {
  const { ports } = createPorts()
  const state = new SubmissionModel(ports)
  let lead: WeakRef<Lead> | undefined
  const sending = new SendingModel(state, {
    ...ports,
    async send(sent) {
      lead = new WeakRef(sent)
      return result
    },
    answers: () => ({ values: { phone: '+79000000001' }, consents: [] }),
    shownAnswers: () => '',
    showIssues: () => undefined,
    clearForm: () => state.clear(),
    requestFocus: () => undefined,
  })
  await sending.send()
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  await expect
    .poll(() => {
      collect()
      return lead?.deref() === undefined
    })
    .toBe(true)
  expect(sending.number()).toBeUndefined()
})
