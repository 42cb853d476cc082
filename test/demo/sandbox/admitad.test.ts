import { describe, expect, it } from 'vitest'
import { createAdmitadSandbox } from '../../../demo/sandbox/admitad/sandbox.ts'
import type { AdmitadSwitches } from '../../../demo/sandbox/admitad/switches.ts'
import { redactedText } from '../../../demo/sandbox/core/request-log.ts'

const credentials = {
  clientId: 'client',
  clientSecret: 'sandbox-secret',
  accessToken: 'sandbox-access-token',
}
const form = 'application/x-www-form-urlencoded; charset=utf-8'
const broker = '/website/7/broker/applications'
const application = {
  campaigns: '[17809]',
  user_notified: '1',
  first_name: 'Ынна',
  last_name: 'Вымыслова',
  mobile_phone: '+79000000042',
  birth_date: '05.09.1990',
  credit_sum: '50000.00',
  credit_days: '30',
  subid: 'vk',
}

/** Creates a sandbox with a clock that tests advance. */
function createTestSandbox(switches: Partial<AdmitadSwitches> = {}) {
  let now = new Date('2026-11-22T09:00:00Z').getTime()
  const sandbox = createAdmitadSandbox({ websiteId: 7, ...credentials, now: () => new Date(now), switches })
  const call = async (path: string, body?: Record<string, string>, token = credentials.accessToken) => {
    const response = await sandbox.app.request(path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': form } : {}) },
      ...(body ? { body: new URLSearchParams(body) } : {}),
    })
    const text = await response.text()
    const json: unknown = /^[[{]/.test(text) && !text.endsWith('\n') ? parseJson(text) : undefined
    return { status: response.status, text, json }
  }
  return {
    sandbox,
    call,
    advance: (ms: number) => (now += ms),
    create: (overrides: Record<string, string> = {}) =>
      call(`${broker}/create/`, { ...application, ...overrides }),
    list: (query = '') => call(`${broker}/${query}`),
    async requestToken(scope = 'broker_application manage_broker_application') {
      const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64')
      const response = await sandbox.app.request('/token/', {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'content-type': form },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: credentials.clientId,
          scope,
        }),
      })
      const { access_token: token }: { access_token: string } = await response.json()
      return token
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

describe('an application', () => {
  it('is accepted as documented and decided later', async () => {
    const { create, list, advance } = createTestSandbox()
    const server_response = { message: 'objects_list_returned_ok', code: 200, data: false }
    const processing = { campaign_id: 17809, status: 'processing', order_id: null, server_response }
    const accepted = {
      id: 1,
      subid: 'vk',
      subid1: '',
      subid2: '',
      subid3: '',
      subid4: '',
      responses: [processing],
      algorithm: [{ ids: [17809], pause: 0 }],
    }
    expect((await create()).json).toEqual({ ...accepted, errors: [] })
    expect((await list()).json).toEqual({ results: [accepted], _meta: { count: 1, limit: 20, offset: 0 } })
    advance(20_000)
    expect((await list('?id=1')).json).toMatchObject({
      results: [{ responses: [{ status: 'approved', order_id: '1-17809' }] }],
    })
  })

  it('goes to the next group after its pause if the previous one succeeded, otherwise immediately', async () => {
    const campaigns = '[17809, {"ids": [16633], "pause": 80}]'
    const latin = { campaigns, first_name: 'Ynna', last_name: 'Vymyslova', mobile_phone: '89000000042' }
    const groups = async (decision: AdmitadSwitches['decision'], ms: number) => {
      const { create, list, advance } = createTestSandbox({ decision })
      await create(latin)
      advance(20_000 + ms)
      return (await list()).json
    }
    expect(await groups('approved', 79 * 60_000)).toHaveProperty('results.0.responses.length', 1)
    expect(await groups('approved', 80 * 60_000)).toHaveProperty('results.0.responses.length', 2)
    expect(await groups('declined', 0)).toHaveProperty('results.0.responses.length', 2)
  })

  it.each<[string, Record<string, string>, string]>([
    ['an unknown parameter', { phon: '1' }, 'phon'],
    ['a long text', { email: 'e'.repeat(76) }, 'email'],
    ['an empty text', { gender: '' }, 'gender'],
    ['a day that is none', { birth_date: '31.02.1990' }, 'birth_date'],
    ['a day written otherwise', { birth_date: '1990-09-05' }, 'birth_date'],
    ['too many digits', { credit_sum: '12345678901.00' }, 'credit_sum'],
    ['too many places', { credit_sum: '1.001' }, 'credit_sum'],
    ['a term that is no number', { credit_days: '30 дней' }, 'credit_days'],
    ['a forbidden mark', { subid1: 'a%00' }, 'subid1'],
    ['a long mark', { subid4: 'a'.repeat(121) }, 'subid4'],
    ['a strange flag', { user_notified: 'true' }, 'user_notified'],
    ['campaigns that are none', { campaigns: '17809' }, 'campaigns'],
    ['a pause of more than a day', { campaigns: '[{"ids":[1],"pause":1441}]' }, 'campaigns'],
  ])('is refused for %s', async (_, overrides, name) => {
    const { status, json } = await createTestSandbox().create(overrides)
    expect(status).toBe(400)
    expect(json).toMatchObject({ error: 'bad_request', details: { [name]: [expect.any(String)] } })
  })

  it.each([
    ['no consent', { user_notified: '0' }, 17809, /не ознакомлен/],
    ['a campaign that takes none', { campaigns: '[17810]' }, 17810, /не принимает/],
    ['an unknown campaign', { campaigns: '[5]' }, 5, /не принимает/],
    ['a pattern', { campaigns: '[16633]' }, 16633, /^first_name: неверный формат/],
    ['a missing field of its own', { campaigns: '[16126]', product_type: '7' }, 16126, /^loan_reason: /],
  ])('is accepted by no campaign for %s', async (_, overrides, campaign, message) => {
    const { json } = await createTestSandbox().create(overrides)
    const errors = [{ campaign_id: campaign, message: expect.stringMatching(message) }]
    expect(json).toMatchObject({ id: null, responses: [], errors })
  })

  it('accepts the fields of its campaigns, and ignores unusable patterns', async () => {
    const withOwnFields = {
      campaigns: '[16126, 16651]',
      product_type: '7',
      loan_reason: 'ремонт',
      work_organization: 'x',
    }
    expect((await createTestSandbox().create(withOwnFields)).json).toMatchObject({ id: 1, errors: [] })
  })

  it('in test mode is checked, but neither sent nor listed', async () => {
    const { create, list } = createTestSandbox()
    const { json } = await create({ test_mode: '1', campaigns: '[17809, 17810]' })
    expect(json).not.toHaveProperty('id')
    expect(json).toMatchObject({ responses: [], errors: [{ campaign_id: 17810 }] })
    expect((await list()).json).toMatchObject({ results: [] })
  })

  it('must be a form', async () => {
    const { sandbox } = createTestSandbox()
    const headers = { authorization: `Bearer ${credentials.accessToken}`, 'content-type': 'application/json' }
    const response = await sandbox.app.request(`${broker}/create/`, { method: 'POST', headers, body: '{}' })
    expect(response.status).toBe(400)
  })
})

describe('a mode', () => {
  it.each<[AdmitadSwitches['mode'], number, object]>([
    [
      'mixed',
      200,
      { json: { id: 1, responses: [{ campaign_id: 17809 }], errors: [{ campaign_id: 17288 }] } },
    ],
    ['none', 200, { json: { id: null, errors: [{ campaign_id: 17809 }, { campaign_id: 17288 }] } }],
    ['declined', 200, { json: { responses: [{ status: 'declined' }, { status: 'declined' }] } }],
    ['approved', 200, { json: { responses: [{ status: 'approved', order_id: '1-17809' }, {}] } }],
    ['waiting', 200, { json: { responses: [{ status: 'waiting' }, {}] } }],
    ['error', 200, { json: { responses: [{ status: 'error' }, {}] } }],
    [
      'field-error',
      200,
      { json: { id: null, errors: [{ message: 'mobile_phone: Неверный номер телефона' }] } },
    ],
    ['bad-request', 400, { json: { error: 'bad_request', error_code: 3 } }],
    ['error-200', 200, { json: { error: 'bad_request' } }],
    ['invalid-token', 401, { json: { error: 'invalid_token', error_code: 1 } }],
    ['no-rights', 403, { json: { error: 'insufficient_scope', error_code: 2 } }],
    ['error-500', 500, { text: expect.stringContaining('Internal Server Error') }],
    ['jsonp', 200, { text: expect.stringContaining('callback_001({"id":1,') }],
    ['truncated', 200, { text: expect.stringContaining('{"id":1,') }],
  ])('%s', async (mode, status, expected) => {
    const { create, sandbox } = createTestSandbox({ mode, times: 1 })
    const response = await create({ campaigns: '[[17809, 17288]]' })
    expect(response.status).toBe(status)
    expect(response).toMatchObject(expected)
    expect(sandbox.switches().mode).toBe('strict')
  })

  it('applies only to the chosen calls', async () => {
    const { create, list, call } = createTestSandbox({ mode: 'error-500', calls: 'settings' })
    expect((await create()).status).toBe(200)
    expect((await list()).status).toBe(200)
    expect((await call('/broker/campaign_settings/17288/')).status).toBe(500)
  })
})

describe('an SMS code', () => {
  const sync = { ...application, campaign_id: '65', mobile_phone: '9000000042' }
  const { campaigns: _, ...fields } = sync

  async function createSyncApplication(switches: Partial<AdmitadSwitches> = {}) {
    const environment = createTestSandbox(switches)
    const created = await environment.call(`${broker}/sync_create/`, fields)
    const confirm = (code: string, id = 1) =>
      environment.call(`${broker}/sync_create/${id}/confirm`, { code })
    return { ...environment, created, confirm }
  }

  it('is sent, and accepted if it is correct', async () => {
    const { created, confirm } = await createSyncApplication()
    const server_response = { bank: 'responded this' }
    expect(created.json).toEqual({ status: 'waiting_sms_verification', application_id: 1, server_response })
    expect((await confirm('0000')).json).toMatchObject({ status: 'waiting_sms_verification' })
    expect((await confirm('1234')).json).toMatchObject({ status: 'processing', application_id: 1 })
    expect((await confirm('1234')).status).toBe(404)
  })

  it('allows a number of wrong attempts', async () => {
    const { confirm } = await createSyncApplication({ attempts: 2 })
    await confirm('0000')
    expect((await confirm('0000')).json).toMatchObject({ status: 'declined' })
    expect((await confirm('1234')).json).toMatchObject({ status: 'error' })
  })

  it('expires', async () => {
    const { confirm, advance } = await createSyncApplication()
    advance(300_001)
    expect((await confirm('1234')).json).toMatchObject({ status: 'error' })
  })

  it('can respond to a wrong code with an error, and does to an unknown application', async () => {
    const { confirm } = await createSyncApplication({ wrongCode: 'error-400' })
    expect((await confirm('0000')).status).toBe(400)
    expect((await confirm('1234', 5)).status).toBe(404)
  })

  it('works only with campaigns that send one', async () => {
    const { call } = createTestSandbox()
    const response = await call(`${broker}/sync_create/`, { ...fields, campaign_id: '17809' })
    expect(response.json).toMatchObject({ errors: [{ campaign_id: 17809 }] })
  })
})

describe('the list', () => {
  it.each([
    ['?limit=1&offset=1&order_by=-date_created', [1]],
    ['?order_by=date_created', [1, 2]],
    ['?campaign=17288', [2]],
    ['?status=processing', [1, 2]],
    ['?status=approved', []],
    ['?date_start=22.11.2026&date_end=22.11.2026', [1, 2]],
    ['?date_start=23.11.2026', []],
    ['?subid=vk&id=2', [2]],
    ['?subid=other', []],
    ['?order_id=1-17809', []],
  ])('is filtered: %s', async (query, ids) => {
    const { create, list } = createTestSandbox()
    await create()
    await create({ campaigns: '[17288]' })
    const { json } = await list(query)
    expect(json).toMatchObject({ results: ids.map((id) => ({ id })) })
    expect(json).toHaveProperty('results.length', ids.length)
  })

  it.each(['?limit=501', '?order_by=id', '?status=done', '?date_start=2026-11-22', '?page=1'])(
    'refuses %s',
    async (query) => {
      expect((await createTestSandbox().list(query)).status).toBe(400)
    },
  )
})

it('returns the fields that a campaign requires', async () => {
  const { call } = createTestSandbox()
  expect((await call('/broker/campaign_settings/16633/')).json).toMatchObject({
    results: [{ field_name: 'first_name', regexp: '^[a-zA-Z]+$', required: true, description: '' }, {}, {}],
  })
  expect((await call('/broker/campaign_settings/5/')).status).toBe(404)
})

describe('a token', () => {
  it('is issued to the client, expires and is limited to its scope', async () => {
    const { requestToken, call, advance } = createTestSandbox({ tokenSeconds: 60 })
    const token = await requestToken('broker_application')
    expect((await call(`${broker}/`, undefined, token)).status).toBe(200)
    expect((await call(`${broker}/create/`, application, token)).json).toMatchObject({ error_code: 2 })
    advance(60_000)
    expect((await call(`${broker}/`, undefined, token)).json).toMatchObject({ error_code: 0 })
    expect((await call(`${broker}/`, undefined, 'another')).json).toMatchObject({ error_code: 1 })
  })

  it('can be revoked', async () => {
    const { requestToken, call, sandbox } = createTestSandbox()
    const token = await requestToken()
    sandbox.revokeTokens()
    expect((await call(`${broker}/`, undefined, token)).status).toBe(401)
  })

  it('is not issued for a wrong secret', async () => {
    const { sandbox } = createTestSandbox()
    const response = await sandbox.app.request('/token/', {
      method: 'POST',
      headers: { authorization: 'Basic eDp5', 'content-type': form },
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x' }),
    })
    expect(response.status).toBe(401)
  })
})

it('allows 60 requests a minute', async () => {
  const { list, advance, sandbox } = createTestSandbox()
  for (let count = 0; count < 60; count += 1) expect((await list()).status).toBe(200)
  expect(await list()).toMatchObject({ status: 503, json: { error_code: 4 } })
  advance(61_000)
  expect((await list()).status).toBe(200)
  sandbox.change({ limitRate: false })
  for (let count = 0; count < 70; count += 1) expect((await list()).status).toBe(200)
})

it('redirects addresses without the final slash, and accepts one website', async () => {
  const { sandbox, call } = createTestSandbox()
  const response = await sandbox.app.request(`${broker}/create`, { method: 'POST' })
  expect([response.status, response.headers.get('location')]).toEqual([301, `${broker}/create/`])
  expect((await call('/website/8/broker/applications/')).status).toBe(404)
  expect((await call(`${broker}/sync_create/1/confirm/`, { code: '1' })).status).toBe(404)
})

it('shows received requests on its page without credentials', async () => {
  const { sandbox, create, requestToken, call } = createTestSandbox()
  await create()
  const token = await requestToken()
  await call(`${broker}/`, undefined, token)
  const page = await (await sandbox.app.request('/')).text()
  expect(page).toContain('Песочница Admitad')
  expect(page).toContain('first_name = Ынна')
  for (const shown of [page, JSON.stringify(sandbox.received())]) {
    expect(shown).toContain(redactedText)
    for (const secret of [token, credentials.clientSecret, credentials.accessToken]) {
      expect(shown).not.toContain(secret)
    }
  }
  expect(page).not.toMatch(/<script>|style="|\son\w+="/)
})
