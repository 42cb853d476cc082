import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAmoCrmSandbox } from '../../../demo/sandbox/amocrm/sandbox.ts'
import { createBitrix24Sandbox } from '../../../demo/sandbox/bitrix24/sandbox.ts'
import type { JsonSandbox } from '../../../demo/sandbox/core/json-sandbox.ts'
import { createLeadCraftSandbox } from '../../../demo/sandbox/leadcraft/sandbox.ts'
import { createLeadGidSandbox } from '../../../demo/sandbox/leadgid/sandbox.ts'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { readyDefinitions } from '../../../src/providers/http/with-definition.ts'
import { fullContext } from '../../contracts/support/full-lead.ts'
import { formEntry, inventLead } from '../support/invented.ts'
import { createRelayFixture, postLead } from '../support/relay-fixture.ts'

const now = () => new Date('2026-11-22T09:00:00Z')
const token = 'invented-token-of-a-ready-definition'

/** Everything that the definitions send is asked for, and both consents are required. */
const form = {
  ...formEntry(),
  definition: {
    title: 'Заявка на заём',
    steps: [
      { id: 'loan', title: 'Сумма', fields: ['amount', 'termDays', 'purpose'] },
      {
        id: 'person',
        title: 'О вас',
        fields: ['lastName', 'firstName', 'middleName', 'gender', 'birthDate', 'phone', 'email'],
      },
      {
        id: 'passport',
        title: 'Паспорт',
        fields: ['passport', 'passportIssuedDate', 'passportIssuedCode', 'passportIssuedBy'],
      },
      { id: 'place', title: 'Город', fields: ['issuePlace'] },
    ],
  },
  consents: formEntry().consents.map((consent) => ({ ...consent, required: true })),
}

function inventFullLead() {
  const lead = inventLead()
  return {
    ...lead,
    values: {
      ...lead.values,
      termDays: 30,
      purpose: 'ремонт',
      noMiddleName: false,
      middleName: 'Петрович',
      gender: 'male',
      phone: '+79000000042',
      email: 'ivan@example.ru',
      passportSeries: '0310',
      passportNumber: '000050',
      passportIssuedDate: '2015-10-06',
      passportIssuedCode: '720-001',
      passportIssuedBy: 'ОВД города Вымышленска',
      region: 'Москва',
    },
    consents: ['processing', 'transfer'].flatMap((id) =>
      lead.consents.map((receipt) => ({ ...receipt, id })),
    ),
    attribution: { utm_source: 'vk', utm_campaign: 'autumn', subId1: 'one' },
  }
}

/** A definition with what it leaves to the operator, its sandbox, and the body that the document asks for. */
interface Subject {
  readonly name: string
  readonly options: object
  readonly sandbox: () => JsonSandbox
  readonly providerId: string
  readonly receiver: string
  readonly sent: unknown
}

const subjects: readonly Subject[] = [
  {
    name: 'bitrix24',
    options: { url: { env: 'BITRIX24_URL' } },
    sandbox: () => createBitrix24Sandbox({ code: token, now }),
    providerId: '3465',
    receiver: 'callback',
    // https://apidocs.bitrix24.com/api-reference/crm/leads/crm-lead-add.html
    sent: {
      fields: {
        TITLE: 'Заявка: Примеров Иван Петрович',
        NAME: 'Иван',
        SECOND_NAME: 'Петрович',
        LAST_NAME: 'Примеров',
        BIRTHDATE: '1990-01-31',
        PHONE: [{ VALUE: '+79000000042', VALUE_TYPE: 'MOBILE' }],
        EMAIL: [{ VALUE: 'ivan@example.ru', VALUE_TYPE: 'HOME' }],
        OPPORTUNITY: 30_000,
        CURRENCY_ID: 'RUB',
        COMMENTS: expect.stringMatching(/^ремонт СОПД v2026-09-01 .+; Согласие на передачу v2026-09-01 .+$/),
        SOURCE_ID: 'WEB',
        SOURCE_DESCRIPTION: 'https://landing.example.ru/loan',
        ORIGINATOR_ID: 'anketa',
        ORIGIN_ID: expect.stringMatching(/^[\da-f-]{36}$/),
        UTM_SOURCE: 'vk',
        UTM_CAMPAIGN: 'autumn',
      },
      params: { REGISTER_SONET_EVENT: 'Y' },
    },
  },
  {
    name: 'amocrm',
    options: {
      url: 'https://example.amocrm.ru/api/v4/leads/complex',
      headers: { Authorization: { env: 'TOKEN', prefix: 'Bearer ' } },
    },
    sandbox: () => createAmoCrmSandbox({ token, now }),
    providerId: '10185151',
    receiver: 'callback',
    // https://www.amocrm.ru/developers/content/crm_platform/leads-api
    sent: [
      {
        name: 'Заявка: Примеров Иван Петрович',
        price: 30_000,
        request_id: expect.stringMatching(/^[\da-f-]{36}$/),
        custom_fields_values: [
          { field_code: 'UTM_SOURCE', values: [{ value: 'vk' }] },
          { field_code: 'UTM_CAMPAIGN', values: [{ value: 'autumn' }] },
        ],
        _embedded: {
          tags: [{ name: 'Анкета' }],
          contacts: [
            {
              first_name: 'Иван Петрович',
              last_name: 'Примеров',
              custom_fields_values: [
                { field_code: 'PHONE', values: [{ value: '+79000000042', enum_code: 'MOB' }] },
                { field_code: 'EMAIL', values: [{ value: 'ivan@example.ru', enum_code: 'PRIV' }] },
              ],
            },
          ],
        },
      },
    ],
  },
  {
    name: 'leadgid',
    options: { headers: { 'X-ACCOUNT-TOKEN': { env: 'TOKEN' } } },
    sandbox: () => createLeadGidSandbox({ token, now }),
    providerId: '00000000-0000-4000-8000-000000000001',
    receiver: 'broker',
    sent: {
      last_name: 'Примеров',
      first_name: 'Иван',
      patronymic: 'Петрович',
      gender: 'male',
      birth_date: '1990-01-31',
      phone: '9000000042',
      email: 'ivan@example.ru',
      amount: 30_000,
      term: 30,
      purpose: 'ремонт',
      region: 'Москва',
      city: 'Москва',
      passport: '0310000050',
      passport_issue_date: '2015-10-06',
      passport_issued_by: 'ОВД города Вымышленска',
      passport_unit_code: '720-001',
      pers_data_consent: true,
      pers_data_consent_date: '2026-11-22T12:00:00+03:00',
      subid1: 'one',
    },
  },
  {
    name: 'leadcraft',
    options: {
      fields: {
        api_token: { env: 'TOKEN' },
        'sales.0.campaignID': { value: 'e435e95f-6dd0-4df5-bae3-26c47a710f80' },
        phone: 'phone',
      },
    },
    sandbox: () => createLeadCraftSandbox({ token, now }),
    providerId: '234',
    receiver: 'broker',
    // https://docs.leadcraft.ru
    sent: {
      type: 'lead',
      product: 1,
      api_token: '••••••',
      applied_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      sales: [{ campaignID: 'e435e95f-6dd0-4df5-bae3-26c47a710f80' }],
      phone: '+79000000042',
    },
  },
]

const env = { BITRIX24_URL: `https://example.bitrix24.ru/rest/1/${token}/crm.lead.add`, TOKEN: token }

let fixture: Awaited<ReturnType<typeof createRelayFixture>>
beforeAll(async () => {
  fixture = await createRelayFixture()
})
afterAll(() => fixture.end())

it('has a test of every definition', () => {
  expect(subjects.map(({ name }) => name).toSorted()).toEqual(Object.keys(readyDefinitions).toSorted())
})

describe.each(subjects)('$name', ({ name, options, sandbox: createSandbox, providerId, receiver, sent }) => {
  const destination = { provider: 'http', name, definition: name, ...options }

  async function parse(changes: object) {
    const config = { forms: { main: { ...form, destinations: [{ ...destination, ...changes }] } } }
    const { forms } = await parseConfig(config, { env, readText: () => Promise.reject(new Error('none')) })
    const result = forms.get('main')
    if (!result) throw new Error('the form is missing')
    return result
  }

  it('delivers a lead as the document asks for it', { timeout: 60_000 }, async () => {
    const sandbox = createSandbox()
    const relay = await fixture.start(await fixture.usedDatabase(), {
      env,
      fetch: async (url, init) => sandbox.app.request(new URL(url).pathname + new URL(url).search, init),
      forms: { main: { ...form, destinations: [destination] } },
    })
    expect(await postLead(relay, inventFullLead())).toMatchObject({
      status: 200,
      body: { outcome: 'accepted', providerId },
    })
    expect(sandbox.received().map(({ body }) => body)).toEqual([sent])
    await relay.close()
  })

  it.each<[mode: 'refuse' | 'reject' | 'error-429' | 'error-503' | 'garbage', outcome: RegExp]>([
    ['refuse', /^refused$/],
    ['reject', /^(?:refused|declined|unreadable)$/],
    ['error-429', /^unavailable$/],
    ['error-503', /^unavailable$/],
    ['garbage', /^unreadable$/],
  ])('reads the no of the mode %s', async (mode, outcome) => {
    const result = await parse({})
    if ('problems' in result) throw new Error(result.problems.join('\n'))
    const [bound] = result.form.destinations
    const sandbox = createSandbox()
    sandbox.change({ mode })
    const request = bound?.request(fullContext)
    if (!bound || !request) throw new Error('the destination is missing')
    const { pathname } = new URL(request.url)
    const response = await sandbox.app.request(pathname, { ...request, body: request.body ?? null })
    expect(
      bound.outcome({ status: response.status, body: await response.text() }, fullContext).outcome,
    ).toMatch(outcome)
  })

  it('says who receives the applications', async () => {
    const result = await parse({})
    expect('form' in result && result.form.definition.receiver).toBe(receiver)
  })

  it('names what is left to the operator', async () => {
    const result = await parse({ url: undefined, headers: undefined, fields: undefined })
    const problems = 'problems' in result ? result.problems : []
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) expect(problem).toMatch(/^destinations\.0\.[\w.-]+: (?:missing|expected)/)
  })
})
