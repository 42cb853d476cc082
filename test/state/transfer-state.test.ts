import { describe, expect, it } from 'vitest'
import { define } from '../form/define.ts'
import { createFormModel } from './support/form-ports.ts'

const contactAndLoan = define([{ name: 'phone' }], [{ name: 'amount' }])

/** A form whose person has reached the second step. */
function createStartedForm() {
  const form = createFormModel(contactAndLoan)
  form.model.type('phone', '+7 900 000-00-01')
  form.model.next()
  form.model.type('amount', 'много')
  form.model.tick('processing', true)
  return form
}

describe('the state of a form', () => {
  it('moves to the form that replaces it: texts, step, consents and the lead', async () => {
    const { model } = createStartedForm()
    const next = createFormModel(contactAndLoan)
    next.model.restoreState(model.exportState())
    expect(next.model.fields['phone']?.value.value).toBe('+79000000001')
    expect(next.model.fields['amount']?.text.value).toBe('много')
    expect(next.model.step.value?.id).toBe('step-1')
    expect(next.model.consents.accepted['processing']?.value).toBe(
      model.consents.accepted['processing']?.value,
    )
    expect(next.model.touched.value).toBe(true)
    expect(next.events).toEqual([])
  })

  it('keeps the identity of the lead', async () => {
    const { model } = createStartedForm()
    const next = createFormModel(contactAndLoan, { identify: () => ({ id: 'another', key: 'another' }) })
    next.model.restoreState(model.exportState())
    next.model.type('amount', '30000')
    await next.model.submit()
    expect(next.sent).toMatchObject([{ id: 'lead-1', key: 'key-1' }])
  })

  it('is not touched by moving, if no person has touched it', () => {
    const next = createFormModel(contactAndLoan)
    next.model.restoreState(createFormModel(contactAndLoan).model.exportState())
    expect(next.model.touched.value).toBe(false)
  })

  it('loses what the new form does not have, and begins at the first step if its own is gone', () => {
    const { model } = createStartedForm()
    const next = createFormModel(define([{ name: 'amount' }]))
    next.model.restoreState(model.exportState())
    expect(Object.keys(next.model.fields)).toEqual(['amount'])
    expect(next.model.index.value).toBe(0)
  })
})

describe('a consent', () => {
  it.each([
    ['sentence', contactAndLoan, { consentText: () => 'another sentence' }],
    [
      'version of the document',
      {
        ...contactAndLoan,
        consents: contactAndLoan.consents.map((one) => ({ ...one, version: '2026-12-01' })),
      },
      {},
    ],
  ])('with another %s has to be given again', (_, definition, overrides) => {
    const { model } = createStartedForm()
    const next = createFormModel(definition, overrides)
    next.model.restoreState(model.exportState())
    expect(next.model.consents.accepted['processing']?.value).toBeUndefined()
  })
})
