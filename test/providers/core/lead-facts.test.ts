import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { fivecrm } from '../../../src/providers/fivecrm/index.ts'
import { devtek } from '../../../src/providers/devtek/index.ts'
import type { LeadContext } from '../../../src/providers/core/context.ts'
import { inventedLead } from '../../lead/invented-lead.ts'

const now = new Date('2026-11-22T21:30:05Z')
const context: LeadContext = {
  now,
  attempt: 1,
  mayHaveArrived: false,
  leadNumber: 7,
  lead: {
    ...inventedLead,
    page: { ...inventedLead.page, url: 'https://landing.example.ru/loan?utm_source=vk' },
    attribution: { ...inventedLead.attribution, ymClientId: '1700000000123' },
    receivedAt: now,
  },
}

function sentFor(options: object): Readonly<Record<string, string>> {
  const config = parse(fivecrm.config, { publicToken: 'invented', ...options })
  return Object.fromEntries(new URLSearchParams(fivecrm.operations.create.request(config, context).body))
}

describe('a fact about the lead', () => {
  it.each([
    ['{leadId}', inventedLead.id],
    ['{leadNumber}', '7'],
    ['{pageUrl}', 'https://landing.example.ru/loan'],
    ['{today}', '23.11.2026'],
    ['{today+2d}', '25.11.2026'],
    ['{now}', '23.11.2026 00:30:05'],
    ['{now+2d}', '25.11.2026 00:30:05'],
    ['{now-3h}', '22.11.2026 21:30:05'],
    ['{now+90m}', '23.11.2026 02:00:05'],
    ['до {today+1d}, {leadNumber}', 'до 24.11.2026, 7'],
  ])('fills %s in a template of the options: %s', (dateExpired, sent) => {
    expect(sentFor({ method: 'task', dateExpired })['date_expired']).toBe(sent)
  })

  it('fills parameters that nothing else can fill, by rules', () => {
    const fields = { guid: 'leadId', website: 'pageUrl', gaid: 'ymClientId' }
    expect(sentFor({ method: 'contact', fields })).toMatchObject({
      guid: inventedLead.id,
      website: 'https://landing.example.ru/loan',
      gaid: '1700000000123',
    })
  })

  it('fills the address of a signed consent, which differs for every lead', () => {
    const signedConsentUrl = 'https://relay.example.ru/signed/{leadId}.pdf?n={leadNumber}'
    const config = parse(devtek.config, { idWebmaster: 1, token: 'invented', signedConsentUrl })
    const { body = '' } = devtek.operations.create.request(config, context)
    const { data } = JSON.parse(body)
    expect(data.main.sopd_signed).toBe(`https://relay.example.ru/signed/${inventedLead.id}.pdf?n=7`)
  })
})
