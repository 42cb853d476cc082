import { describe, expect, it } from 'vitest'
import type { AdmitadSwitches } from '../../../demo/sandbox/admitad/switches.ts'
import { broker, createTestAdmitadSandbox, credentials } from './admitad-support.ts'

describe('an application', () => {
  it('is accepted as documented and decided later', async () => {
    const { create, list, advance } = createTestAdmitadSandbox()
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
      const { create, list, advance } = createTestAdmitadSandbox({ decision })
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
    ['a day that does not exist', { birth_date: '31.02.1990' }, 'birth_date'],
    ['a day written otherwise', { birth_date: '1990-09-05' }, 'birth_date'],
    ['too many digits', { credit_sum: '12345678901.00' }, 'credit_sum'],
    ['too many places', { credit_sum: '1.001' }, 'credit_sum'],
    ['a term that is no number', { credit_days: '30 дней' }, 'credit_days'],
    ['a forbidden mark', { subid1: 'a%00' }, 'subid1'],
    ['a long mark', { subid4: 'a'.repeat(121) }, 'subid4'],
    ['a strange flag', { user_notified: 'true' }, 'user_notified'],
    ['campaigns that are no list', { campaigns: '17809' }, 'campaigns'],
    ['a pause of more than a day', { campaigns: '[{"ids":[1],"pause":1441}]' }, 'campaigns'],
  ])('is refused for %s', async (_, overrides, name) => {
    const { status, json } = await createTestAdmitadSandbox().create(overrides)
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
    const { json } = await createTestAdmitadSandbox().create(overrides)
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
    expect((await createTestAdmitadSandbox().create(withOwnFields)).json).toMatchObject({ id: 1, errors: [] })
  })

  it('in test mode is checked, but neither sent nor listed', async () => {
    const { create, list } = createTestAdmitadSandbox()
    const { json } = await create({ test_mode: '1', campaigns: '[17809, 17810]' })
    expect(json).not.toHaveProperty('id')
    expect(json).toMatchObject({ responses: [], errors: [{ campaign_id: 17810 }] })
    expect((await list()).json).toMatchObject({ results: [] })
  })

  it('must be a form', async () => {
    const { sandbox } = createTestAdmitadSandbox()
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
    const { create, sandbox } = createTestAdmitadSandbox({ mode, times: 1 })
    const response = await create({ campaigns: '[[17809, 17288]]' })
    expect(response.status).toBe(status)
    expect(response).toMatchObject(expected)
    expect(sandbox.switches().mode).toBe('strict')
  })

  it('applies only to the chosen calls', async () => {
    const { create, list, call } = createTestAdmitadSandbox({ mode: 'error-500', calls: 'settings' })
    expect((await create()).status).toBe(200)
    expect((await list()).status).toBe(200)
    expect((await call('/broker/campaign_settings/17288/')).status).toBe(500)
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
    const { create, list } = createTestAdmitadSandbox()
    await create()
    await create({ campaigns: '[17288]' })
    const { json } = await list(query)
    expect(json).toMatchObject({ results: ids.map((id) => ({ id })) })
    expect(json).toHaveProperty('results.length', ids.length)
  })

  it.each(['?limit=501', '?order_by=id', '?status=done', '?date_start=2026-11-22', '?page=1'])(
    'refuses %s',
    async (query) => {
      expect((await createTestAdmitadSandbox().list(query)).status).toBe(400)
    },
  )
})

it('returns the fields that a campaign requires', async () => {
  const { call } = createTestAdmitadSandbox()
  expect((await call('/broker/campaign_settings/16633/')).json).toMatchObject({
    results: [{ field_name: 'first_name', regexp: '^[a-zA-Z]+$', required: true, description: '' }, {}, {}],
  })
  expect((await call('/broker/campaign_settings/5/')).status).toBe(404)
})
