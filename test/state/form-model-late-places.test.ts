import { expect, it } from 'vitest'
import { define } from '../form/define.ts'
import { createFormModel } from './support/form-ports.ts'

it('a list that answers after sending has failed fills its codes in, and the form still offers to send again', async () => {
  const { model } = createFormModel(define([{ name: 'issuePlace' }]), {
    send: async () => ({ outcome: 'failed', code: 'network' }),
  })
  model.type('city', 'Тюмень')
  model.tick('processing', true)
  await model.submit()
  expect(model.status.value).toBe('failed')

  model.fill({ city: 'Тюмень', cityKladr: '7200000100000' })
  expect(model.fields['cityKladr']?.text.value).toBe('7200000100000')
  expect(model.status.value).toBe('failed')

  model.type('city', 'Тобольск')
  expect(model.status.value).toBe('filling')
})
