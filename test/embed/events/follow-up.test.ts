import { expect, it } from 'vitest'
import { findRedirect } from '../../../src/embed/events/follow-up.ts'
import { formatLeadNumber } from '../../../src/lead/lead-number.ts'
import { publicOutcomes } from '../../../src/lead/outcome.ts'

const leadId = '01990000-0000-7000-8000-000000000001'
const options = {
  redirect: '/thanks',
  redirectDeclined: '/other-offers',
  redirectDuplicate: '/wait',
  values: { phone: '+79000000001', amount: 30_000 },
}
const attribution = { utm_source: 'ads & more', subId1: 'a/b', first: { utm_source: 'earlier' } }

it.each([
  ['accepted', '/thanks'],
  ['queued', '/thanks'],
  ['declined', '/other-offers'],
  ['duplicate', '/wait'],
  ['verification', undefined],
  ['invalid', undefined],
])('after %s the page is %s', (outcome, expected) => {
  expect(findRedirect(options, { outcome, leadId }, attribution)).toBe(expected)
})

it('knows every outcome, and stays where the page names no address', () => {
  for (const outcome of [...publicOutcomes, 'toString', '__proto__'])
    expect(findRedirect({}, { outcome, leadId }, attribution)).toBeUndefined()
})

it.each([
  ['{leadId}', leadId],
  ['{outcome}', 'declined'],
  ['{utm_source}', 'ads%20%26%20more'],
  ['{subId1}', 'a%2Fb'],
  ['{utm_campaign}', ''],
  // Values of the form, and what is no text.
  ['{phone}', ''],
  ['{amount}', ''],
  ['{key}', ''],
  ['{first}', ''],
  ['{constructor}', ''],
  ['{ leadId }', ''],
  ['{}', ''],
  ['{leadId}{leadId}', leadId + leadId],
])('the macro %s becomes "%s"', (macro, text) => {
  const redirectDeclined = `https://example.ru/?mark=${macro}`
  expect(findRedirect({ ...options, redirectDeclined }, { outcome: 'declined', leadId }, attribution)).toBe(
    `https://example.ru/?mark=${text}`,
  )
})

it("goes before the definition's own redirect, which has the same macros", () => {
  const event = { outcome: 'declined', leadId }
  const ending = { redirect: 'https://example.ru/?n={number}&s={status}&utm={utm_source}' }
  expect(findRedirect(options, event, attribution, ending)).toBe('/other-offers')
  expect(findRedirect({}, event, attribution, ending)).toBe(
    `https://example.ru/?n=${formatLeadNumber(leadId)}&s=declined&utm=ads%20%26%20more`,
  )
})
