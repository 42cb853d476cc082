import { describe, expect, it } from 'vitest'
import { define } from '../form/define.ts'
import { createFormModel, now } from './support/form-ports.ts'

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

  it('keeps when the lead was sent last: a correction is later, also after the clock has been set back', async () => {
    const form = createFormModel(define([{ name: 'phone' }]), {
      send: async () => ({ outcome: 'invalid', issues: [{ field: 'phone' }] }),
    })
    form.model.type('phone', '+7 900 000-00-01')
    form.model.tick('processing', true)
    await form.model.submit()
    const next = createFormModel(define([{ name: 'phone' }]), {
      now: () => new Date(now.getTime() - 10 * 60_000),
    })
    next.model.restoreState(form.model.exportState())
    next.model.type('phone', '+7 900 000-00-02')
    await next.model.submit()
    expect([...form.sent, ...next.sent].map(({ id, page }) => [id, page.submittedAt])).toEqual([
      ['lead-1', '2026-11-22T09:00:00.000Z'],
      ['lead-1', '2026-11-22T09:00:00.001Z'],
    ])
    // Another lead has nothing to be later than.
    next.model.reset()
    next.model.type('phone', '+7 900 000-00-02')
    next.model.tick('processing', true)
    await next.model.submit()
    expect(next.sent[1]?.page.submittedAt).toBe('2026-11-22T08:50:00.000Z')
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
