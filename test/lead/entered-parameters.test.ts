import { describe, expect, it } from 'vitest'
import { sanitizeParameter } from '../../src/lead/attribution.ts'
import { withoutEntered } from '../../src/lead/entered-parameters.ts'
import { inventedLead } from './invented-lead.ts'

const values = {
  ...inventedLead.values,
  phone: '+79000000001',
  lastName: 'Примеров',
  passportNumber: '123456',
  snils: '112-233-445 95',
  city: 'Тюмень',
}

describe('a parameter of an address', () => {
  it.each([
    ['clickid', '9001234567', true],
    ['clickid', '79001234567', true],
    ['sub1', '89001234567', true],
    ['aff_sub3', '9001234567', true],
    ['subid', '9001234567', true],
    ['yclid', '9001234567', true],
    ['transaction_id', '9001234567', true],
    ['subId2', '79001234567', true],
    ['clickid', '1700000000123456789', true],
    ['clickid', 'a1b2-9001234567-c3', false],
    ['clickid', '+79001234567', false],
    ['clickid', '8 (900) 123-45-67', false],
    ['sub1', 'person@example.ru', false],
    ['sub1', 'person%40example.ru', false],
    ['utm_term', '79001234567', false],
    ['utm_content', '9001234567', false],
    ['channel', '79001234567', false],
    ['referrer', 'https://example.ru/79001234567', false],
  ])('%s=%s is kept: %s', (name, text, isKept) => {
    expect(sanitizeParameter(name, text)).toBe(isKept ? text : '')
  })
})

describe('a parameter of a lead', () => {
  it.each([
    ['clickid', '9001234567', true],
    ['clickid', '79000000002', true],
    ['clickid', '79000000001', false],
    ['clickid', '89000000001', false],
    ['clickid', '9000000001', false],
    ['utm_term', '8-900-000-00-01', false],
    // Part of a longer id.
    ['clickid', '179000000001', true],
    ['sub2', '123456', false],
    ['sub2', '11223344595', false],
    ['sub2', 'примеров', false],
    // Too short to tell anything, and a mark of a campaign.
    ['sub2', '30000', true],
    ['utm_term', 'тюмень', true],
    ['utm_source', 'vk', true],
  ])('%s=%s stays beside the entered values: %s', (name, text, isKept) => {
    const parameters = isKept ? { [name]: text } : {}
    expect(withoutEntered({ [name]: text }, values)).toEqual(parameters)
    const attribution = { utm_source: 'mail', first: { [name]: text } }
    expect(withoutEntered(attribution, values)).toEqual(isKept ? attribution : { utm_source: 'mail' })
  })

  it.each([
    ['9001234567', false],
    ['1700000000123456789', true],
    ['click-1', true],
  ])('clickid=%s stays without known values: %s', (text, isKept) => {
    expect(withoutEntered({ clickid: text }, undefined)).toEqual(isKept ? { clickid: text } : {})
  })
})
