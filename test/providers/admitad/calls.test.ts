import { describe, expect, it } from 'vitest'
import { admitad } from '../../../src/providers/admitad/index.ts'
import {
  type ApplicationFilter,
  buildApplicationListRequest,
} from '../../../src/providers/admitad/calls/application-status.ts'
import type { HttpResult } from '../../../src/providers/core/context.ts'
import { loadRecordedResponses } from '../../contracts/support/recorded-responses.ts'
import { day } from '../../lead/day.ts'
import { configWith } from './support.ts'

const recorded = new Map(
  (await loadRecordedResponses('admitad')).map(({ name, ...response }) => [name, response]),
)
const response = (name: string): HttpResult => {
  const found = recorded.get(name)
  if (!found) throw new Error(`no response is recorded as ${name}`)
  return found
}
const { confirm, status, settings, token } = admitad.operations
const now = new Date('2026-11-22T09:00:00Z')
const client = { accessToken: undefined, clientId: 'клиент:1', clientSecret: 'ключ' }
const sync = configWith({ mode: 'sync', campaigns: undefined, campaignId: 65 })

describe('confirm', () => {
  const context = { now, applicationId: '42', code: '1234', accessToken: 'issued' }
  const outcome = (result: HttpResult) => confirm?.outcome(result, sync, context)
  const wrong = {
    outcome: 'verification',
    applicationId: '42',
    issues: [{ field: 'code', code: 'wrong-code' }],
  }

  it('posts the code to an address without a slash at its end', () => {
    expect(confirm?.request(sync, context)).toEqual({
      method: 'POST',
      url: 'https://api.admitad.com/website/7/broker/applications/sync_create/42/confirm',
      headers: {
        accept: 'application/json',
        authorization: 'Bearer issued',
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
      body: 'code=1234',
    })
    const odd = confirm?.request(sync, { ...context, applicationId: '../../x?y' })
    expect(odd?.url).toContain('/sync_create/..%2F..%2Fx%3Fy/confirm')
  })

  it.each<[string, object]>([
    ['200-code-sent', wrong],
    ['200-code-sent-without-id', wrong],
    ['400-bad-request', wrong],
    ['200-error', wrong],
    [
      '200-sync-approved',
      { outcome: 'accepted', providerId: '42', progress: [{ receiver: '65', status: 'approved' }] },
    ],
    ['200-sync-processing', { outcome: 'accepted', progress: [{ receiver: '65', status: 'processing' }] }],
    ['200-sync-waiting', { outcome: 'accepted', progress: [{ receiver: '65', status: 'waiting' }] }],
    ['200-sync-declined', { outcome: 'declined' }],
    ['200-sync-error', wrong],
    ['200-sync-unknown', { outcome: 'uncertain' }],
    ['200-html', { outcome: 'uncertain' }],
    ['200-empty', { outcome: 'uncertain' }],
    ['500-error', { outcome: 'uncertain' }],
    ['404-not-found', { outcome: 'declined' }],
    ['401-token-expired', { outcome: 'refused' }],
    ['403-no-rights', { outcome: 'refused' }],
    ['503-too-many-requests', { outcome: 'unavailable', mayHaveArrived: false }],
  ])('reads %s', (name, expected) => {
    expect(outcome(response(name))).toMatchObject(expected)
  })

  it.each([400, 402, 406, 409, 411, 413, 415, 417, 418, 422, 423, 424, 428, 451])(
    'takes the status %i for a wrong code, whatever the body',
    (status) => {
      for (const body of ['', '<h1>', 'null', '["Неверный код"]', '{"status":"approved"}']) {
        expect(outcome({ status, body })).toMatchObject(wrong)
      }
    },
  )

  it.each([405, 408, 421, 425, 426, 429])('takes the status %i for no answer to the code', (status) => {
    expect(['unavailable', 'unreadable']).toContain(outcome({ status, body: '' })?.outcome)
  })

  it('is uncertain about a code without a response', () => {
    expect(outcome({ failure: 'timeout', sent: true })).toMatchObject({ outcome: 'uncertain' })
    expect(outcome({ failure: 'network', sent: false })).toMatchObject({ outcome: 'unavailable' })
    expect(confirm?.retry).toBe('if-not-sent')
  })
})

describe('the list of applications', () => {
  const every: Required<ApplicationFilter> = {
    offset: 40,
    limit: 20,
    orderBy: '-date_created',
    id: 41,
    campaign: 17809,
    status: 'approved',
    dateStart: day('01.11.2026'),
    dateEnd: day('22.11.2026'),
    orderId: '41-17809',
    subid: 'vk & co',
    subid1: 'one',
    subid2: 'two',
    subid3: 'three',
    subid4: 'four',
  }

  it('is filtered by every parameter of the document', () => {
    const { method, url } = buildApplicationListRequest(configWith(), { now }, every)
    const { origin, pathname, searchParams } = new URL(url)
    expect([method, origin + pathname]).toEqual([
      'GET',
      'https://api.admitad.com/website/7/broker/applications/',
    ])
    expect(Object.fromEntries(searchParams)).toEqual({
      offset: '40',
      limit: '20',
      order_by: '-date_created',
      id: '41',
      campaign: '17809',
      status: 'approved',
      date_start: '01.11.2026',
      date_end: '22.11.2026',
      order_id: '41-17809',
      subid: 'vk & co',
      subid1: 'one',
      subid2: 'two',
      subid3: 'three',
      subid4: 'four',
    })
    expect(buildApplicationListRequest(configWith(), { now }, {}).url).toMatch(/\/applications\/$/)
  })

  it('gives the status of one application, including groups that have not received it', () => {
    const context = { now, applicationId: '41' }
    expect(status?.request(configWith(), context).url).toMatch(/\/applications\/\?limit=1&id=41$/)
    expect(status?.outcome(response('200-list'), configWith(), context)).toEqual({
      progress: [17809, 17288, 16651, 16633].map((id) => ({ receiver: String(id), status: 'processing' })),
    })
  })

  it.each([
    ['200-list-of-none', true],
    ['200-accepted', true],
    ['200-html', true],
    ['401-token-expired', true],
    ['403-no-rights', false],
    ['400-bad-request', false],
    ['503-unavailable', true],
    ['500-error', true],
    ['404-not-found', false],
    ['301-redirect', true],
  ])('is not available with %s; retryable: %s', (name, retryable) => {
    const result = status?.outcome(response(name), configWith(), { now, applicationId: '41' })
    expect(result).toMatchObject({ problem: expect.any(String), retryable })
  })

  it('of another application is not used', () => {
    const result = status?.outcome(response('200-list'), configWith(), { now, applicationId: '4' })
    expect(result).toMatchObject({ problem: 'the list has no such application' })
  })
})

describe('campaign_settings', () => {
  const context = { now, campaignId: 17809 }

  it('are the fields that a campaign requires', () => {
    expect(settings?.request(configWith(), context)).toMatchObject({
      method: 'GET',
      url: 'https://api.admitad.com/broker/campaign_settings/17809/',
      headers: { authorization: 'Bearer invented-access-token' },
    })
    expect(settings?.outcome(response('200-settings'), configWith(), context)).toEqual({
      items: [
        { name: 'first_name', pattern: '^[a-zA-Z]+$', required: true, description: '' },
        { name: 'middle_name', pattern: '', required: false, description: '' },
        {
          name: 'product_type',
          pattern: '^[1,3,7,8]{1}$',
          required: true,
          description: '1-credit; 3-card; 7-gold-card; 8-platinum-card',
        },
        {
          name: 'loan_reason',
          pattern: '',
          required: true,
          description: 'На что пойдут деньги, одним словом',
        },
      ],
    })
  })

  it('leave out invalid fields and complete partial ones', () => {
    const results = [
      null,
      5,
      {},
      { field_name: '' },
      { field_name: 'a b' },
      { field_name: 'x'.repeat(65) },
      { field_name: 'loan', regexp: null, required: 1, description: null },
    ]
    const result = settings?.outcome(
      { status: 200, body: JSON.stringify({ results }) },
      configWith(),
      context,
    )
    expect(result).toEqual({ items: [{ name: 'loan', pattern: '', required: true, description: '' }] })
  })
})

describe('a token', () => {
  it('is requested with the id and the secret', () => {
    const request = token?.request(configWith(client), { now })
    expect(request).toMatchObject({ method: 'POST', url: 'https://api.admitad.com/token/' })
    expect(request?.headers['authorization']).toBe(`Basic ${Buffer.from('клиент:1:ключ').toString('base64')}`)
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'клиент:1',
      scope: 'broker_application manage_broker_application',
    })
  })

  it.each([
    ['200-token', { accessToken: '0123456789abcdef', expiresInSeconds: 604_800 }],
    ['401-invalid-client', { refused: true }],
    ['400-bad-request', { refused: true }],
    ['403-refused', { refused: true }],
    ['503-too-many-requests', { refused: false }],
    ['500-html', { refused: false }],
    ['200-html', { refused: false }],
    ['200-empty', { refused: false }],
  ])('reads %s', (name, expected) => {
    expect(token?.outcome(response(name), configWith(client), { now })).toMatchObject(expected)
  })

  it.each<[lifetime: unknown, seconds: number]>([
    [604_800, 604_800],
    ['604800', 604_800],
    [' 604800 ', 604_800],
    ['3599.5', 3599.5],
    ...[undefined, null, '', 0, '0', -5, '-5', 'week', true, [600], {}, '9'.repeat(400)].map(
      (lifetime): [unknown, number] => [lifetime, 3600],
    ),
  ])('lives as long as it says in any notation, otherwise an hour: %j', (lifetime, seconds) => {
    const body = JSON.stringify({ access_token: 'issued', expires_in: lifetime })
    expect(token?.outcome({ status: 200, body }, configWith(client), { now })).toEqual({
      accessToken: 'issued',
      expiresInSeconds: seconds,
    })
  })

  it.each([
    ['401-token-expired', true],
    ['401-unauthorized', true],
    ['200-invalid-token', true],
    ['401-invalid-client', false],
    ['403-no-rights', false],
    ['503-too-many-requests', false],
    ['200-accepted', false],
    ['200-html', false],
  ])('is recognised as invalid by the response: %s, %s', (name, expected) => {
    expect(admitad.isTokenRejected?.(response(name))).toBe(expected)
  })

  it('may still be valid after a call without a response', () => {
    expect(admitad.isTokenRejected?.({ failure: 'timeout', sent: true })).toBe(false)
  })
})
