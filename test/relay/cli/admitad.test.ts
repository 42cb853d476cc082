import { describe, expect, it } from 'vitest'
import {
  loadApplications,
  loadCampaignSettings,
  parseFilter,
} from '../../../src/relay/cli/providers/admitad.ts'

const now = new Date('2026-11-22T09:00:00Z')
const env = { ID: 'invented-client', SECRET: 'invented-secret', WEBSITE: '7\n' }
const baseUrl = 'http://127.0.0.1:9'
const deps = (fetch: (url: string, init: RequestInit) => Promise<Response>) => ({
  env,
  fetch,
  now,
  readText: () => Promise.reject(new Error()),
})
const entry = {
  provider: 'admitad',
  id: 'network',
  websiteId: { env: 'WEBSITE' },
  campaigns: [17809],
  clientId: { env: 'ID' },
  clientSecret: { env: 'SECRET' },
  baseUrl,
}
const configuration = { forms: { main: { destinations: [{ provider: 'devtek' }, entry] } } }

const application = (id: number, status: string) => ({
  id,
  responses: [{ campaign_id: 17809, status, order_id: status === 'approved' ? '41-1' : null }],
  algorithm: [{ ids: [17809], pause: 0 }],
})

describe("Admitad's list of applications", () => {
  it('is printed with its range, filtered and paged as asked', async () => {
    const asked: string[] = []
    const result = await loadApplications(
      configuration,
      parseFilter({ limit: '2', offset: '4', status: 'approved', 'date-start': '2026-11-01', subid1: 'one' }),
      deps(async (url) => {
        if (url.endsWith('/token/')) return Response.json({ access_token: 'invented-access', expires_in: 60 })
        asked.push(decodeURIComponent(url.replace(baseUrl, '')))
        const results = [application(41, 'approved'), application(40, 'processing')]
        return Response.json({ results, _meta: { count: 12, limit: 2, offset: 4 } })
      }),
    )
    expect(asked).toEqual([
      '/website/7/broker/applications/?offset=4&limit=2&order_by=-date_created&status=approved&date_start=01.11.2026&subid1=one',
    ])
    expect(result).toEqual({
      lines: [
        'forms.main.destinations.1',
        '  41  campaign 17809: approved, order 41-1',
        '  40  campaign 17809: processing',
        '  5 to 6 of 12',
      ],
    })
    expect(JSON.stringify(result)).not.toContain('invented')
  })

  it.each([
    [{ limit: 'many' }, '--limit: expected a whole number'],
    [{ 'date-end': '22.11.2026' }, '--date-end: expected a day, YYYY-MM-DD'],
    [{ status: 'done' }, '--status: expected processing, approved, declined, waiting, error'],
  ])('has a filter that names what is wrong: %o', (options, message) => {
    expect(() => parseFilter(options)).toThrow(message)
  })

  it('that cannot be read gives the reason, without a secret', async () => {
    const result = await loadApplications(
      configuration,
      {},
      deps(async () => Response.json({ error: 'invalid_client' }, { status: 401 })),
    )
    expect(result).toEqual({
      problems: ['forms.main.destinations.1: no access token: the credentials were refused (status 401)'],
    })
  })
})

it("prints what Admitad's campaigns require", async () => {
  const result = await loadCampaignSettings(
    configuration,
    deps(async (url) => {
      if (url.endsWith('/token/')) return Response.json({ access_token: 'invented-access' })
      expect(url).toBe(`${baseUrl}/broker/campaign_settings/17809/`)
      const results = [
        { field_name: 'first_name', regexp: '^[a-zA-Z]+$', required: true, description: '' },
        { field_name: 'loan_reason', regexp: '', required: false, description: 'Цель' },
      ]
      return Response.json({ results })
    }),
  )
  expect(result).toEqual({
    lines: [
      'forms.main.destinations.1',
      '  campaign 17809',
      '    first_name  required  ^[a-zA-Z]+$',
      '    loan_reason  optional  Цель',
    ],
  })
})
