import { describe, expect, it } from 'vitest'
import { createAmoCrmSandbox } from '../../../demo/sandbox/amocrm/sandbox.ts'
import { createBitrix24Sandbox } from '../../../demo/sandbox/bitrix24/sandbox.ts'
import { createLeadCraftSandbox } from '../../../demo/sandbox/leadcraft/sandbox.ts'
import { createLeadGidSandbox } from '../../../demo/sandbox/leadgid/sandbox.ts'

const now = () => new Date('2026-11-22T09:00:00Z')
const token = 'sandbox-token'
const json = { 'content-type': 'application/json' }

const sandboxes = {
  bitrix24: {
    create: () => createBitrix24Sandbox({ code: token, now }),
    path: `/rest/1/${token}/crm.lead.add`,
    headers: json,
    lead: { fields: { TITLE: 'Заявка', PHONE: [{ VALUE: '+79000000001', VALUE_TYPE: 'MOBILE' }] } },
  },
  amocrm: {
    create: () => createAmoCrmSandbox({ token, now }),
    path: '/api/v4/leads/complex',
    headers: { ...json, authorization: `Bearer ${token}` },
    lead: [{ name: 'Заявка', price: 5000 }],
  },
  leadgid: {
    create: () => createLeadGidSandbox({ token, now }),
    path: '/universal/v1/ru/applications',
    headers: { ...json, 'x-account-token': token },
    lead: { phone: '9000000001', first_name: 'Иван', last_name: 'Примеров', pers_data_consent: true },
  },
  leadcraft: {
    create: () => createLeadCraftSandbox({ token, now }),
    path: '/v1/webmasters/lead',
    headers: json,
    lead: { type: 'lead', api_token: token, applied_at: '2026-11-22', sales: [{ campaignID: 'a' }] },
  },
} as const

async function send(
  name: keyof typeof sandboxes,
  body: unknown,
  {
    headers = sandboxes[name].headers,
    path = sandboxes[name].path,
  }: { headers?: Record<string, string>; path?: string } = {},
  sandbox: Pick<ReturnType<(typeof sandboxes)['leadgid']['create']>, 'app'> = sandboxes[name].create(),
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return sandbox.app.request(path, { method: 'POST', headers, body: text })
}

describe('the sandbox of a ready definition', () => {
  it.each<[name: keyof typeof sandboxes, status: number, answer: object]>([
    ['bitrix24', 200, { result: 3465 }],
    ['amocrm', 200, [{ id: 10_185_151, merged: false }]],
    ['leadgid', 201, { data: { id: expect.stringMatching(/^[\da-f-]{36}$/) } }],
    ['leadcraft', 201, { id: 234, status: 'received', details: { a: { status: 'accepted' } } }],
  ])('%s accepts a lead and answers as its document shows', async (name, status, answer) => {
    const response = await send(name, sandboxes[name].lead)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject(answer)
  })

  it.each<[name: keyof typeof sandboxes, what: string, lead: unknown]>([
    ['bitrix24', 'an unknown field', { fields: { TITEL: 'a' } }],
    ['bitrix24', 'a phone that is a text', { fields: { PHONE: '+79000000001' } }],
    ['bitrix24', 'an unknown kind of a phone', { fields: { PHONE: [{ VALUE: 'a', VALUE_TYPE: 'MOB' }] } }],
    ['bitrix24', 'a sum that is a text', { fields: { OPPORTUNITY: '30000' } }],
    ['bitrix24', 'a date in Russian order', { fields: { BIRTHDATE: '31.01.1990' } }],
    ['bitrix24', 'a day that does not exist', { fields: { BIRTHDATE: '1990-02-31' } }],
    ['bitrix24', 'an unknown source', { fields: { SOURCE_ID: 'SITE' } }],
    ['bitrix24', 'an empty text', { fields: { NAME: '' } }],
    ['bitrix24', 'no fields', {}],
    ['amocrm', 'one deal without a list', { name: 'a' }],
    ['amocrm', 'an empty list', []],
    ['amocrm', 'an unknown field', [{ title: 'a' }]],
    ['amocrm', 'a price that is a text', [{ price: '30000' }]],
    ['amocrm', 'two contacts', [{ _embedded: { contacts: [{ name: 'a' }, { name: 'b' }] } }]],
    [
      'amocrm',
      "a contact's field of a deal",
      [{ custom_fields_values: [{ field_code: 'PHONE', values: [{ value: 'a' }] }] }],
    ],
    ['amocrm', 'a field without values', [{ custom_fields_values: [{ field_id: 5 }] }]],
    ['leadgid', 'a phone with +7', { ...sandboxes.leadgid.lead, phone: '+79000000001' }],
    ['leadgid', 'no consent', { ...sandboxes.leadgid.lead, pers_data_consent: false }],
    ['leadgid', 'an amount that is a text', { ...sandboxes.leadgid.lead, amount: '30000' }],
    ['leadgid', 'an unknown field', { ...sandboxes.leadgid.lead, middle_name: 'a' }],
    ['leadcraft', 'another type', { ...sandboxes.leadcraft.lead, type: 'click' }],
    ['leadcraft', 'no campaign', { ...sandboxes.leadcraft.lead, sales: [] }],
    ['leadcraft', 'a date in Russian order', { ...sandboxes.leadcraft.lead, applied_at: '22.11.2026' }],
    ['leadcraft', 'an unknown kind of traffic', { ...sandboxes.leadcraft.lead, product: 3 }],
    ['leadcraft', 'a value that is an object', { ...sandboxes.leadcraft.lead, passport: {} }],
  ])('%s refuses %s', async (name, _, lead) => {
    expect((await send(name, lead)).status).toBeGreaterThanOrEqual(400)
  })

  it.each(Object.keys(sandboxes).map((name) => [name] as const))(
    '%s refuses what is no JSON',
    async (name) => {
      const known = Object.entries(sandboxes).find(([each]) => each === name)?.[1]
      const sandbox = known?.create()
      const response = await sandbox?.app.request(known?.path ?? '', {
        method: 'POST',
        headers: { ...known?.headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'a=1',
      })
      expect(response?.status).toBeGreaterThanOrEqual(400)
    },
  )

  it.each<[name: keyof typeof sandboxes, status: number, change: object, lead: unknown]>([
    ['bitrix24', 401, { path: '/rest/1/another/crm.lead.add' }, sandboxes.bitrix24.lead],
    ['amocrm', 401, { headers: json }, sandboxes.amocrm.lead],
    ['leadgid', 401, { headers: json }, sandboxes.leadgid.lead],
    ['leadcraft', 403, {}, { ...sandboxes.leadcraft.lead, api_token: 'another' }],
  ])('%s refuses wrong credentials', async (name, status, change, lead) => {
    expect((await send(name, lead, change)).status).toBe(status)
  })

  it('takes a phone once, as LeadGid does', async () => {
    const sandbox = sandboxes.leadgid.create()
    expect((await send('leadgid', sandboxes.leadgid.lead, {}, sandbox)).status).toBe(201)
    expect((await send('leadgid', sandboxes.leadgid.lead, {}, sandbox)).status).toBe(406)
    sandbox.clear()
    expect((await send('leadgid', sandboxes.leadgid.lead, {}, sandbox)).status).toBe(201)
  })
})
