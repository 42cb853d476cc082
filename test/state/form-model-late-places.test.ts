import { expect, it } from 'vitest'
import { FormModel } from '../../src/state/form-model.ts'
import { define } from '../form/define.ts'

it('a list that answers once sending has failed fills its codes in, and leaves the offer to send again', async () => {
  const model = new FormModel(define([{ name: 'issuePlace' }]), {
    version: '0.0.0',
    now: () => new Date('2026-11-22T09:00:00Z'),
    identify: () => ({ id: '01990000-0000-7000-8000-000000000001', key: 'invented' }),
    send: async () => ({ outcome: 'failed', code: 'network' }),
    confirm: async () => ({ outcome: 'accepted' }),
    origin: () => ({ url: 'https://example.ru/', attribution: {} }),
    digest: async () => undefined,
    consentText: () => '',
    beforeSubmit: () => true,
    onEvent: () => undefined,
    onOutdated: () => undefined,
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
