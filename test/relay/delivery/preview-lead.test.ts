import { expect, it } from 'vitest'
import { parseConfig } from '../../../src/relay/config/config.ts'
import type { FormConfig } from '../../../src/relay/config/form-config.ts'
import { parseLead } from '../../../src/relay/http/parsing/parse-lead.ts'
import { previewLead } from '../../../src/relay/delivery/preview-lead.ts'
import { formEntry, inventLead } from '../support/invented.ts'

const secrets = {
  DEVTEK: 'invented/devtek token+0123456789',
  CLIENT: 'invented-client-secret',
  LOTINFO: 'invented&lotinfo=token',
  PUBLIC: 'invented-public-token',
  ACCESS: 'invented-access-token',
}
const now = new Date('2026-11-22T09:00:00Z')
const env = (name: keyof typeof secrets) => ({ env: name })

const destinations = [
  { provider: 'devtek', idWebmaster: 123, token: env('DEVTEK') },
  { provider: 'admitad', websiteId: 7, campaigns: [17809], clientId: 'client', clientSecret: env('CLIENT') },
  { provider: 'admitad', mode: 'sync', websiteId: 7, campaignId: 65, accessToken: env('ACCESS') },
  { provider: 'lotinfo', token: env('LOTINFO'), userId: 5, cityId: 3 },
  { provider: 'fivecrm', publicToken: env('PUBLIC'), funnelId: 1 },
]

async function parseForm(entry: object): Promise<FormConfig> {
  const config = { forms: { main: { ...formEntry(), ...entry } } }
  const { forms } = await parseConfig(config, {
    env: secrets,
    readText: () => Promise.reject(new Error('none')),
  })
  const found = forms.get('main')
  if (!found || 'problems' in found) throw new Error(found?.problems.join('\n'))
  return found.form
}

function leadWith(changes: object = {}) {
  const lead = inventLead()
  const consents = ['processing', 'transfer'].flatMap((id) =>
    lead.consents.map((receipt) => ({ ...receipt, id })),
  )
  const parsed = parseLead({ ...lead, consents, ...changes })
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.lead
}

it('shows the exact requests to all destinations in order, without credentials', async () => {
  const lead = leadWith()
  const preview = previewLead(await parseForm({ delivery: 'all', destinations }), lead, { now })
  expect(preview).toMatchObject({ delivery: 'all', issues: [] })
  expect(
    preview.destinations.map(({ provider, request, issues }) => [provider, request?.method, issues]),
  ).toEqual([
    ['devtek', 'POST', []],
    ['admitad', 'POST', []],
    ['admitad', 'POST', []],
    ['lotinfo', 'PUT', []],
    ['fivecrm', 'POST', []],
  ])
  const [devtek, admitad, sync, lotinfo, fivecrm] = preview.destinations.map(({ request }) => request)
  expect(JSON.parse(devtek?.body ?? '')).toMatchObject({
    id_webmaster: 123,
    token: '***',
    data: { main: { phone: lead.values.phone, sopd_date: '22.11.2026 12:00:00' } },
  })
  expect(admitad).toMatchObject({
    headers: { authorization: 'Bearer ***' },
    body: expect.stringContaining('first_name='),
  })
  expect(sync).toMatchObject({ headers: { authorization: 'Bearer ***' } })
  expect(lotinfo?.url).toContain('token=***')
  expect(fivecrm?.body).toContain('public_token=***')
  const text = JSON.stringify(preview)
  for (const secret of Object.values(secrets)) {
    for (const spelling of [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ s: secret }).toString().slice(2),
    ]) {
      expect(text).not.toContain(spelling)
    }
  }
})

it('shows the issues of the form and of a destination, and a failed precondition', async () => {
  const form = await parseForm({ destinations })
  const values = { ...leadWith().values, phone: '12', lastName: 'П'.repeat(60) }
  const preview = previewLead(form, leadWith({ values, consents: [] }), { now })
  expect(preview.issues).toEqual(
    expect.arrayContaining([
      { field: 'phone', code: 'phone-incomplete', message: expect.any(String) },
      { field: 'consent.processing', code: 'consent-required', message: expect.any(String) },
    ]),
  )
  expect(preview.destinations[1]).toEqual({
    destination: expect.stringMatching(/^admitad-/),
    provider: 'admitad',
    issues: [],
    failedPrecondition: 'declined',
  })
  const long = { ...leadWith().values, email: `${'e'.repeat(64)}@example-mail.ru` }
  expect(previewLead(form, leadWith({ values: long }), { now }).destinations[1]?.issues).toEqual([
    { field: 'email', code: 'text-length', limit: 75, message: expect.any(String) },
  ])
})

it('says which destinations would be passed over', async () => {
  const devtek = { provider: 'devtek', idWebmaster: 123, token: env('DEVTEK') }
  const form = await parseForm({
    destinations: [
      { ...devtek, id: 'large', when: { field: 'amount', atLeast: 50_000 } },
      { ...devtek, id: 'none', share: 0 },
      { ...devtek, id: 'night', hours: '21:00-06:00' },
      { ...devtek, id: 'capped', capPerDay: 5 },
    ],
  })
  const rulesOf = (preview: ReturnType<typeof previewLead>) =>
    preview.destinations.map(({ destination, passedOver, takes }) => [destination, passedOver, takes])
  expect(rulesOf(previewLead(form, leadWith(), { now }))).toEqual([
    ['large', 'when', 'leads where amount is at least 50000'],
    ['none', 'share', '0 % of the leads, by their id'],
    ['night', 'hours', '21:00-06:00 in Moscow'],
    ['capped', undefined, 'at most 5 a day'],
  ])
  // A lead that was written by hand has no id that a share could be decided by.
  expect(rulesOf(previewLead(form, leadWith(), { now, hasId: false }))[1]).toEqual([
    'none',
    undefined,
    '0 % of the leads, by their id',
  ])
})
