import { expect, it } from 'vitest'
import { parseLead } from '../../../src/relay/http/parsing/parse-lead.ts'
import { inventedLead as lead } from '../../lead/invented-lead.ts'

it.each([[undefined], ['b']])('keeps the variant of the form (%s) of a lead', (variant) => {
  const parsed = parseLead({ ...lead, page: { ...lead.page, variant, other: 'x' } })
  if ('problem' in parsed) throw new TypeError(parsed.problem)
  expect(parsed.lead.page.variant).toBe(variant)
  expect(Object.keys(parsed.lead.page)).not.toContain('other')
})
