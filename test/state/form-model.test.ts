import { describe, expect, it } from 'vitest'
import type { SendResult } from '../../src/lead/delivery.ts'
import { define } from '../form/define.ts'
import { createFormModel } from './support/form-ports.ts'

const contactAndLoan = define([{ name: 'phone' }], [{ name: 'amount' }])

/** A form of two steps that is ready to be sent. */
function createFilledForm(overrides: Parameters<typeof createFormModel>[1] = {}) {
  const form = createFormModel(contactAndLoan, overrides)
  form.model.type('phone', '+7 900 000-00-01')
  form.model.next()
  form.model.type('amount', '30000')
  form.model.tick('processing', true)
  return form
}

describe('a step', () => {
  it('is left once nothing in it is to be corrected', () => {
    const { model, events } = createFormModel(contactAndLoan)
    model.next()
    expect(model.index.value).toBe(0)
    expect(model.issueCount.value).toBe(1)
    expect(model.fields['phone']?.message.value).toEqual({ code: 'required' })
    expect(model.focusRequest.value).toMatchObject({ target: 'field', name: 'phone' })
    expect(events.at(-1)).toEqual({ type: 'issues', step: 'step-0', codes: ['required'] })

    model.type('phone', '+7 900 000-00-01')
    expect(model.issueCount.value).toBe(0)
    model.next()
    expect(model.step.value?.id).toBe('step-1')
    expect(model.focusRequest.value).toMatchObject({ target: 'heading' })
    expect(events.at(-1)).toEqual({ type: 'step', id: 'step-1', index: 1, total: 2, direction: 'forward' })
  })

  it('can be returned to, with its answers', () => {
    const { model, events } = createFilledForm()
    model.back()
    expect(model.step.value?.id).toBe('step-0')
    expect(model.fields['phone']?.value.value).toBe('+79000000001')
    expect(events.at(-1)).toMatchObject({ type: 'step', id: 'step-0', direction: 'back' })
    model.back()
    expect(model.index.value).toBe(0)
    model.goTo('step-1')
    expect(model.step.value?.id).toBe('step-1')
    model.goTo('step-9')
    expect(model.step.value?.id).toBe('step-1')
  })

  it('can warn without keeping the person from leaving it', () => {
    const { model } = createFormModel(contactAndLoan)
    model.type('phone', '+7 999 999-99-99')
    model.next()
    expect(model.fields['phone']?.message.value).toMatchObject({ warning: true })
    expect(model.index.value).toBe(1)
  })
})

describe('a field', () => {
  it('is reviewed and normalized when it is left, but not while it is empty', () => {
    const { model } = createFormModel(define([{ name: 'lastName' }, { name: 'phone' }]))
    model.leave('lastName')
    expect(model.fields['lastName']?.message.value).toBeUndefined()
    model.type('lastName', 'иванов')
    model.leave('lastName')
    expect(model.fields['lastName']?.text.value).toBe('Иванов')
    model.type('phone', '+7 900')
    expect(model.fields['phone']?.message.value).toBeUndefined()
    model.leave('phone')
    expect(model.fields['phone']?.message.value).toMatchObject({ code: 'phone-incomplete' })
    model.type('phone', '+7 900 000-00-01')
    expect(model.fields['phone']?.message.value).toBeUndefined()
  })

  it('that is hidden by a condition is neither asked for nor sent', async () => {
    const { model, sent } = createFormModel(
      define([
        { name: 'email', required: false },
        { name: 'comment', when: { field: 'email', equals: 'a@mail.ru' } },
      ]),
    )
    model.type('comment', 'ремонт')
    expect(model.step.value?.fields.map(({ name }) => name)).toEqual(['email'])
    model.tick('processing', true)
    await model.submit()
    expect(sent).toMatchObject([{ values: {} }])
    expect(sent[0]?.values).not.toHaveProperty('comment')
  })

  it('accepts a suggestion and gets the focus back', () => {
    const { model } = createFormModel(define([{ name: 'email' }]))
    model.type('email', 'ivan@gmial.com')
    model.leave('email')
    const suggestion = model.fields['email']?.message.value?.suggestion ?? ''
    model.acceptSuggestion('email', suggestion)
    expect(model.fields['email']?.value.value).toBe('ivan@gmail.com')
    expect(model.fields['email']?.message.value).toBeUndefined()
    expect(model.focusRequest.value).toMatchObject({ target: 'field', name: 'email' })
  })

  it('for the gender follows the patronymic until a person has chosen', () => {
    const { model } = createFormModel(define([{ name: 'middleName' }, { name: 'gender' }]))
    const gender = () => model.fields['gender']?.text.value
    model.type('middleName', 'Иванович')
    model.leave('middleName')
    const guess = gender()
    expect(guess).not.toBe('')
    model.type('middleName', 'Ивановна')
    model.leave('middleName')
    const otherGuess = gender()
    expect(otherGuess).not.toBe(guess)

    model.choose('gender', guess ?? '')
    model.leave('middleName')
    expect(gender()).toBe(guess)
  })

  it('accepts what a program sets, or is returned by name', () => {
    const { model } = createFormModel(contactAndLoan)
    expect(model.setValues({ phone: '89000000001', amount: -1 })).toEqual(['amount'])
    expect(model.values.value).toEqual({ phone: '+79000000001' })
    expect(model.touched.value).toBe(false)
  })
})

describe('a place that is chosen from a list', () => {
  it('fills its codes, which typing over the place clears', () => {
    const { model } = createFormModel(define([{ name: 'issuePlace' }]))
    model.fill({ city: 'Тюмень', cityKladr: '7200000100000' })
    expect(model.values.value).toMatchObject({ cityKladr: '7200000100000' })
    model.type('city', 'Тобольск')
    expect(model.values.value).not.toHaveProperty('cityKladr')
  })

  it('leaves out a code that is invalid', () => {
    const { model } = createFormModel(define([{ name: 'issuePlace' }]))
    model.fill({ city: 'Тюмень', cityKladr: '72' })
    expect(model.fields['cityKladr']?.text.value).toBe('')
    expect(model.fields['cityKladr']?.message.value).toBeUndefined()
  })
})

describe('a form that is sent', () => {
  it('reviews every step, and shows the first that has an issue', async () => {
    const { model, sent } = createFormModel(contactAndLoan)
    model.goTo('step-1')
    await model.submit()
    expect(model.step.value?.id).toBe('step-0')
    expect(sent).toEqual([])
  })

  it('asks for a required consent', async () => {
    const { model, sent, events } = createFilledForm()
    model.tick('processing', false)
    await model.submit()
    expect(sent).toEqual([])
    expect(model.focusRequest.value).toMatchObject({ target: 'consent', name: 'processing' })
    expect(model.issueCount.value).toBe(1)
    expect(events.at(-1)).toMatchObject({ type: 'issues', codes: ['consent-required'] })
  })

  it('sends the values and the consents once, and ends', async () => {
    const { model, sent, events } = createFilledForm()
    await Promise.all([model.submit(), model.submit()])
    expect(sent).toMatchObject([
      {
        id: 'lead-1',
        values: { phone: '+79000000001', amount: 30_000 },
        consents: [{ id: 'processing', textSha256: 'sha256 of sentence of processing' }],
      },
    ])
    expect(sent).toHaveLength(1)
    expect(model.status.value).toBe('accepted')
    expect(model.values.value).toEqual({})
    expect(events.map(({ type }) => type)).toEqual(['start', 'step', 'consent', 'outcome'])
  })

  it('cannot be changed until the answer has arrived', async () => {
    const { promise, resolve } = Promise.withResolvers<SendResult>()
    const { model } = createFilledForm({ send: () => promise })
    const sending = model.submit()
    model.type('amount', '50000')
    model.tick('processing', false)
    model.back()
    expect(model.values.value.amount).toBe(30_000)
    expect(model.consents.accepted['processing']?.value).toBeDefined()
    expect(model.index.value).toBe(1)
    resolve({ outcome: 'failed', code: 'network' })
    await sending
    model.type('amount', '50000')
    expect(model.values.value.amount).toBe(50_000)
    expect(model.status.value).toBe('filling')
  })

  it('sends the same lead when it is sent again', async () => {
    const { model, sent } = createFilledForm({ send: async () => ({ outcome: 'failed', code: 'network' }) })
    await model.submit()
    expect(model.status.value).toBe('failed')
    expect(model.alert.value).toEqual({ kind: 'failed', code: 'network' })
    await model.submit()
    expect(sent.map(({ id, key }) => `${id} ${key}`)).toEqual(['lead-1 key-1', 'lead-1 key-1'])
  })
})

describe('an issue of the receiver', () => {
  const sendInvalid = async (...issues: Extract<SendResult, { outcome: 'invalid' }>['issues']) => {
    const form = createFilledForm({ send: async () => ({ outcome: 'invalid', issues }) })
    await form.model.submit()
    return form
  }

  it('is shown at its field, on the step of the field', async () => {
    const { model, events } = await sendInvalid({ field: 'phone', code: 'phone-not-mobile' })
    expect(model.step.value?.id).toBe('step-0')
    expect(model.fields['phone']?.message.value).toEqual({ code: 'phone-not-mobile' })
    expect(model.focusRequest.value).toMatchObject({ target: 'field', name: 'phone' })
    expect(model.issueCount.value).toBe(1)
    expect(model.alert.value).toBeUndefined()
    expect(events).toContainEqual({ type: 'issues', step: 'step-0', codes: ['phone-not-mobile'] })
  })

  it('of no field is shown above the step, in the words of the provider', async () => {
    const { model, outdatedCount } = await sendInvalid({ field: '', message: 'Заявка не принята' })
    expect(model.alert.value).toEqual({ kind: 'provider', text: 'Заявка не принята' })
    expect(model.focusRequest.value).toMatchObject({ target: 'message' })
    expect(outdatedCount()).toBe(0)
  })

  it('of a field that the form does not have means that the form is outdated', async () => {
    const { model, outdatedCount } = await sendInvalid({ field: 'email', code: 'required' })
    expect(outdatedCount()).toBe(1)
    expect(model.alert.value).toEqual({ kind: 'failed', code: 'unplaced' })
    model.showChanged()
    expect(model.alert.value).toEqual({ kind: 'changed' })
  })
})

describe('a form that asks for a code', () => {
  it('can return to the phone, with every answer', async () => {
    const { model } = createFilledForm({ send: async () => ({ outcome: 'verification' }) })
    await model.submit()
    expect(model.pendingCode.value).toBeDefined()
    model.changePhone()
    expect(model.pendingCode.value).toBeUndefined()
    expect(model.step.value?.id).toBe('step-0')
    expect(model.focusRequest.value).toMatchObject({ target: 'field', name: 'phone' })
    expect(model.values.value).toEqual({ phone: '+79000000001', amount: 30_000 })
    expect(model.isEditable.value).toBe(true)
  })

  it('ends with the right code', async () => {
    const { model } = createFilledForm({ send: async () => ({ outcome: 'verification' }) })
    await model.submit()
    await model.confirm('1234')
    expect(model.status.value).toBe('accepted')
    expect(model.values.value).toEqual({})
  })
})

describe('a reset', () => {
  it('clears the form and begins a new lead at the first step', async () => {
    const { model, sent } = createFilledForm({ send: async () => ({ outcome: 'failed', code: 'network' }) })
    await model.submit()
    model.reset()
    expect(model.status.value).toBe('filling')
    expect(model.index.value).toBe(0)
    expect(model.alert.value).toBeUndefined()
    expect(model.values.value).toEqual({})
    expect(model.consents.accepted['processing']?.value).toBeUndefined()

    model.setValues({ phone: '+79000000001', amount: 30_000 })
    model.tick('processing', true)
    await model.submit()
    expect(sent.map(({ id }) => id)).toEqual(['lead-1', 'lead-2'])
  })
})

it('a form that is destroyed holds nothing, and ignores open answers', async () => {
  const { promise, resolve } = Promise.withResolvers<SendResult>()
  const { model, events } = createFilledForm({ send: () => promise })
  const sending = model.submit()
  model.destroy()
  resolve({ outcome: 'accepted' })
  await sending
  expect(model.values.value).toEqual({})
  expect(events.some(({ type }) => type === 'outcome')).toBe(false)
})

it.each([
  ['removed by the page while it is asked, the lead still goes out', 'destroy', 1],
  ['reset meanwhile, it does not', 'reset', 0],
] as const)('of a form that is %s', async (_, action, count) => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  let asked = 0
  const { model, sent } = createFilledForm({
    beforeSubmit() {
      asked += 1
      return promise
    },
  })
  const sending = model.submit()
  await expect.poll(() => asked).toBe(1)
  model[action]()
  resolve(true)
  await sending
  expect(sent).toHaveLength(count)
})
