import { expect, it } from 'vitest'
import { createLeadIdentity } from '../../src/lead/lead-identity.ts'
import { formatLeadNumber } from '../../src/lead/lead-number.ts'

const ids = Array.from(
  { length: 500 },
  () => createLeadIdentity(Date.now(), (bytes) => crypto.getRandomValues(bytes)).id,
)

it('is short, easy to read out, and the same for the same lead', () => {
  for (const id of ids) {
    expect(formatLeadNumber(id)).toMatch(/^[A-HJKMNP-TV-Z]-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(formatLeadNumber(id)).toBe(formatLeadNumber(id))
  }
  expect(formatLeadNumber('01990000-0000-7000-8000-000000000000')).toBe('A-0000')
  expect(formatLeadNumber('01990000-0000-7000-8000-00000012ac67')).toBe('B-73B5')
})

it('tells nothing of the order: leads of one moment differ', () => {
  expect(new Set(ids.map(formatLeadNumber)).size).toBeGreaterThan(490)
})

it('is empty for what is no id', () => {
  expect(formatLeadNumber('')).toBe('')
})
